"""Years of training of apprentices of one programme, person by person (学徒的培训年数)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from silian_engines.policy_rules.compiled_rule import CompiledRule
from silian_engines.policy_rules.errors import FactsRefused

from silian.governance.incentives.choices.claims import ClaimScheme
from silian.governance.incentives.gateways.claim_schemes import book_for
from silian.governance.incentives.queries.claim_drafts import (
    Asked,
    DraftItem,
    Taken,
    taken_days,
    taken_words,
)
from silian.governance.incentives.queries.claim_students import breaks_rule
from silian.governance.incentives.rules.claim_items import clipped, reason_not_trained
from silian.operations.placements.choices.orders import (
    ApprenticeScheme,
    ApprenticeshipState,
    ApprenticeState,
)
from silian.operations.placements.models import Apprentice, Apprenticeship

SOURCE = "placements.apprentice"
CLAIMABLE = (
    ApprenticeshipState.FILED,
    ApprenticeshipState.RUNNING,
    ApprenticeshipState.COMPLETED,
)
TENTHS = 10


def programmes_to_claim(
    organisation_id: int, *, covers: tuple[datetime.date, datetime.date]
) -> list[Apprenticeship]:
    """Filed apprenticeships of the enterprise that begin in the period of a call (可申领的项目).

    Students of a school (现代学徒制) are another scheme. Basis: AP-15.
    """
    rows = Apprenticeship.objects.filter(
        enterprise_id=organisation_id,
        scheme=ApprenticeScheme.ENTERPRISE,
        state__in=CLAIMABLE,
        starts_on__gte=covers[0],
        starts_on__lt=covers[1],
    )
    return list(rows.order_by("starts_on", "pk"))


def apprentice_items(asked: Asked) -> list[DraftItem]:
    """One item for each apprentice of the programme: level, years, contract, completed (学徒)."""
    rows = Apprentice.objects.filter(
        apprenticeship_id=asked.subject_id, apprenticeship__enterprise_id=asked.organisation_id
    )
    rows = rows.select_related("person", "apprenticeship__school", "apprenticeship__occupation")
    found = list(rows.prefetch_related("breaks").order_by("person__name", "pk"))
    family = ClaimScheme.APPRENTICESHIP
    people = [each.person_id for each in found]
    taken = taken_days(people, family=family, claim_id=asked.claim_id)
    rule = breaks_rule(asked)
    return [apprentice_draft(row, rule=rule, taken=taken.get(row.person_id, [])) for row in found]


def apprentice_draft(row: Apprentice, *, rule: CompiledRule, taken: Sequence[Taken]) -> DraftItem:
    """The item of one apprentice; days that another claim counts strike it."""
    days = (row.starts_on, row.ends_on)
    others = [each for each in taken if clipped(each.days, to=days)]
    item = item_of(row, rule)
    return item.struck(taken_words(others)) if others else item


def item_of(row: Apprentice, rule: CompiledRule) -> DraftItem:
    """An apprentice with planned years less the breaks that do not count."""
    programme = row.apprenticeship
    years, refused = years_of(row, rule)
    occupation = programme.occupation
    item = DraftItem(
        label=row.person.name,
        person_id=row.person_id,
        school_id=programme.school_id,
        source_type=SOURCE,
        source_id=row.pk,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        units=years,
        unit=book_for(ClaimScheme.APPRENTICESHIP).unit,
        level=programme.level,
        occupation=occupation.code if occupation else "",
        facts=facts_of(row),
    )
    reason = refused or reason_not_trained(state=row.state, years_tenths=int(years * TENTHS))
    return item.struck(reason) if reason else item


def facts_of(row: Apprentice) -> dict[str, Any]:
    """What gates ask of an apprentice; None where nobody registered it."""
    starts, ends = row.contract_starts_on, row.contract_ends_on
    return {
        "completed": row.state == ApprenticeState.QUALIFIED,
        "state": row.state,
        "school": row.apprenticeship.school.name,
        "contract_days": (ends - starts).days if starts and ends else None,
        "training_months": row.apprenticeship.months,
        "full_time_student": row.is_full_time_student,
        "certificate": row.certificate_number,
        "breaks": [[str(each.starts_on), str(each.ends_on or "")] for each in row.breaks.all()],
    }


def years_of(row: Apprentice, rule: CompiledRule) -> tuple[Decimal, str]:
    """Years of training by the rule of breaks; a level without a rate is refused by name."""
    breaks = [
        {"starts_on": str(each.starts_on), "ends_on": str(each.ends_on or row.ends_on)}
        for each in row.breaks.all()
        if each.ends_on is not None or each.starts_on < row.ends_on
    ]
    facts = {
        "level": row.apprenticeship.level,
        "stays": [{"starts_on": str(row.starts_on), "ends_on": str(row.ends_on)}],
        "breaks": breaks,
        "planned_months": str(row.apprenticeship.months),
    }
    try:
        years = rule.compute(facts=facts).values["years"]
    except FactsRefused as refusal:
        return Decimal(0), str(refusal)
    assert isinstance(years, Decimal)
    return years, ""
