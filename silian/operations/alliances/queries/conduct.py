"""How service organisations stand with their checks, and what was found most."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.operations.alliances.choices.conduct import (
    CheckKind,
    CheckState,
    ConductMatter,
    Finding,
)
from silian.operations.alliances.models.conduct import ConductCheck, ConductPoint
from silian.operations.alliances.permissions.conduct import checks_visible_to, public_checks
from silian.operations.alliances.permissions.keeping import (
    keeps_registers,
    of_unit,
    within,
    writes_for_unit,
)
from silian.operations.alliances.rules.conduct import Standing, standing_of
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation


def service_organisations() -> QuerySet[Organisation]:
    """Every verified service organisation (产教融合服务组织)."""
    return Organisation.objects.filter(
        kind=OrganisationKind.SERVICE, state=OrganisationState.VERIFIED
    )


def standings(organisation_ids: Iterable[int], *, on: datetime.date) -> dict[int, Standing]:
    """How each organisation stands; one query for all (规范运作情况)."""
    wanted = list(organisation_ids)
    found: dict[int, list[tuple[str, bool, datetime.date | None]]] = defaultdict(list)
    rows = ConductCheck.objects.filter(organisation_id__in=wanted).values_list(
        "organisation_id", "state", "kind", "correct_by"
    )
    for organisation_id, state, kind, due in rows:
        found[organisation_id].append((state, kind == CheckKind.ONBOARDING, due))
    return {key: standing_of(found.get(key, []), on=on) for key in wanted}


def onboarded(organisation_ids: Iterable[int]) -> set[int]:
    """Those whose onboarding check was closed, whatever came after (通过入驻核查)."""
    rows = ConductCheck.objects.filter(
        organisation_id__in=list(organisation_ids),
        kind=CheckKind.ONBOARDING,
        state=CheckState.CLOSED,
    )
    return set(rows.values_list("organisation_id", flat=True))


def checks_for_list(rows: QuerySet[ConductCheck]) -> QuerySet[ConductCheck]:
    failed = Count("points", filter=Q(points__finding=Finding.FAILED))
    return rows.select_related("organisation", "division").annotate(failed_count=failed)


def published_checks(organisation_id: int) -> QuerySet[ConductCheck]:
    """The closed checks of an organisation, the newest first (检查公开)."""
    rows = checks_for_list(public_checks().filter(organisation_id=organisation_id))
    return rows.order_by("-closed_on", "-pk")


def checks_to_do(actor: Actor) -> QuerySet[ConductCheck]:
    """Checks that wait for the actor: to do or review for officials, to correct for the unit."""
    mine = Q(pk__in=[])
    if keeps_registers(actor):
        mine |= within(actor) & Q(state__in=[CheckState.PLANNED, CheckState.HANDED_IN])
    if writes_for_unit(actor):
        mine |= of_unit(actor, "organisation_id") & Q(state=CheckState.CORRECTING)
    rows = ConductCheck.objects.filter(mine)
    return rows.select_related("organisation").order_by("due_on", "pk")


@dataclass(frozen=True, kw_only=True)
class ConductStatistics:
    """The service organisations in numbers (服务组织统计)."""

    organisations: int
    onboarded: int
    checks: int
    failed: int
    late: int
    matters: list[tuple[str, int]]


def conduct_statistics(actor: Actor, *, on: datetime.date) -> ConductStatistics:
    """What was checked and found within the actor's reach, this year."""
    units = service_organisations().filter(within(actor))
    keys = list(units.values_list("pk", flat=True))
    standing = standings(keys, on=on).values()
    year = checks_visible_to(actor).filter(checked_on__year=on.year)
    points = ConductPoint.objects.filter(check_row__in=year, finding=Finding.FAILED)
    counted = dict(points.order_by().values_list("matter").annotate(Count("pk")))
    return ConductStatistics(
        organisations=len(keys),
        onboarded=len(onboarded(keys)),
        checks=year.count(),
        failed=sum(counted.values()),
        late=sum(row.tone == "late" for row in standing),
        matters=[(matter.label, counted.get(matter.value, 0)) for matter in ConductMatter],
    )
