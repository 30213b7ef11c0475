"""State what one's own organisation knows of itself, and correct it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.governance.incentives.events.facts import FactsStated
from silian.governance.incentives.gateways.guides import facts
from silian.governance.incentives.models import StatedFact
from silian.governance.incentives.permissions.incentives import require_stating
from silian.registers.organisations.models import Organisation


@transaction.atomic
def state_facts(
    *,
    organisation_id: int,
    year: int,
    values: Mapping[str, str],
    actor: Actor,
    now: datetime.datetime,
    reason: str = "",
) -> int:
    """State facts of a year for one's own organisation (填报单位事实); returns how many changed.

    What stays the same is left alone; a change of something stated needs a reason.
    """
    require_stating(actor)
    if actor.organisation_id != organisation_id:
        raise NotAllowed("只能填报本单位的事实。")
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    check_asked(values)
    present = {row.code: row for row in present_facts(organisation, year)}
    changed = {
        code: value
        for code, value in values.items()
        if value and (code not in present or present[code].value != value)
    }
    corrected = [present[code] for code in changed if code in present]
    require_reason(corrected, reason)
    replace(corrected, now=now)
    add_versions(organisation, year, changed, present, reason=reason, actor=actor, now=now)
    if changed:
        verb = "corrected" if corrected else "stated"
        detail = {"year": year, "codes": sorted(changed)}
        record(actor, f"incentives.fact.{verb}", organisation, reason=reason, detail=detail)
        publish(FactsStated(organisation_id=organisation.pk, year=year))
    return len(changed)


def present_facts(organisation: Organisation, year: int) -> list[StatedFact]:
    rows = StatedFact.objects.present()  # type: ignore[attr-defined]
    return list(rows.filter(organisation=organisation, year=year))


def require_reason(corrected: Sequence[StatedFact], reason: str) -> None:
    """What was said once changes only with a reason."""
    if corrected and not reason.strip():
        titles = "、".join(facts()[row.code].input.title for row in corrected[:5])
        raise DomainError(
            f"更正已填报的“{titles}”要写明更正说明，原来的内容会保留在记录里。", field="reason"
        )


def replace(rows: Sequence[StatedFact], *, now: datetime.datetime) -> None:
    for row in rows:
        row.replaced_at = now
        row.save(update_fields=["replaced_at"])


def add_versions(
    organisation: Organisation,
    year: int,
    changed: Mapping[str, str],
    present: Mapping[str, StatedFact],
    *,
    reason: str,
    actor: Actor,
    now: datetime.datetime,
) -> None:
    """A first version for what is new, the next one for what is corrected."""
    StatedFact.objects.bulk_create(
        [
            StatedFact(
                organisation=organisation,
                year=year,
                code=code,
                value=value,
                version=present[code].version + 1 if code in present else 1,
                reason=reason.strip() if code in present else "",
                stated_by_id=actor.user_id,
                stated_at=now,
            )
            for code, value in changed.items()
        ]
    )


def check_asked(values: Mapping[str, str]) -> None:
    """Only what the catalogue asks of units can be stated."""
    strange = [code for code in values if code not in facts() or not facts()[code].asked]
    if strange:
        raise DomainError(f"“{strange[0]}”由平台登记得出，不能自行填报；有误请更正原登记。")
