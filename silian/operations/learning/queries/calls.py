"""Reading notices: who reports, who is missing, how far each county is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)

from silian.foundation.kernel.actors import subtree_prefix
from silian.foundation.reference.models import Division
from silian.operations.learning.choices import SETTLED, UNDER_ORDER, CallState, ReturnState
from silian.operations.learning.models.calls import FundCall, FundCallUnit
from silian.operations.learning.models.returns import FundReturn
from silian.registers.organisations.choices import (
    OrganisationKind,
    OrganisationSize,
    OrganisationState,
)
from silian.registers.organisations.models import Organisation

REMIND_BEFORE = (10, 3)  # days before the last one on which missing enterprises are told


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a county is with a notice (县区进度)."""

    division: str
    name: str
    asked: int
    submitted: int
    settled: int
    ordered: int

    @property
    def missing(self) -> int:
        return self.asked - self.submitted


def units_of(call: FundCall) -> QuerySet[FundCallUnit]:
    """The enterprises of a notice, each with its return's state and day (应报企业)."""
    returns = FundReturn.objects.filter(
        call_id=OuterRef("call_id"), organisation_id=OuterRef("organisation_id")
    )
    return (
        FundCallUnit.objects.filter(call=call)
        .select_related("organisation__division", "call", "case")
        .annotate(
            return_id=Subquery(returns.values("pk")[:1]),
            return_state=Subquery(returns.values("state")[:1]),
            submitted_at=Subquery(
                returns.values("first_submitted_at")[:1], output_field=DateTimeField()
            ),
        )
    )


def missing_units(call: FundCall) -> QuerySet[FundCallUnit]:
    """Those who have not submitted (未报名单)."""
    came = FundReturn.objects.filter(
        call_id=OuterRef("call_id"),
        organisation_id=OuterRef("organisation_id"),
        first_submitted_at__isnull=False,
    )
    return units_of(call).filter(~Exists(came))


def progress_of(call: FundCall) -> list[Progress]:
    """Counties of a notice, in order of code; three queries (分县区进度)."""
    asked = dict(
        FundCallUnit.objects.filter(call=call)
        .order_by()
        .values_list("organisation__division_id")
        .annotate(rows=Count("pk"))
    )
    done: dict[str, dict[str, Any]] = {
        row["organisation__division_id"]: dict(row)
        for row in FundReturn.objects.filter(call=call)
        .order_by()
        .values("organisation__division_id")
        .annotate(
            submitted=Count("pk", filter=Q(first_submitted_at__isnull=False)),
            settled=Count("pk", filter=Q(state__in=SETTLED)),
            ordered=Count("pk", filter=Q(state__in=[*UNDER_ORDER, ReturnState.REFUSED])),
        )
    }
    names = dict(Division.objects.filter(pk__in=asked).values_list("pk", "name"))
    return [
        Progress(
            division=code,
            name=names[code],
            asked=asked[code],
            submitted=done.get(code, {}).get("submitted", 0),
            settled=done.get(code, {}).get("settled", 0),
            ordered=done.get(code, {}).get("ordered", 0),
        )
        for code in sorted(asked)
    ]


def calls_for_list(rows: QuerySet[FundCall]) -> QuerySet[FundCall]:
    asked = FundCallUnit.objects.filter(call=OuterRef("pk")).order_by().values("call")
    submitted = FundReturn.objects.filter(call=OuterRef("pk"), first_submitted_at__isnull=False)
    submitted = submitted.order_by().values("call")  # type: ignore[assignment]
    return rows.select_related("authority", "division").annotate(
        asked=Subquery(asked.annotate(rows=Count("pk")).values("rows")),
        submitted=Subquery(submitted.annotate(rows=Count("pk")).values("rows")),
    )


def enterprises_by_size(
    *, division: str, sizes: Iterable[str], above_scale: bool
) -> QuerySet[Organisation]:
    """Verified enterprises of a region that a condition takes in (按条件选企业)."""
    rows = Organisation.objects.filter(
        kind=OrganisationKind.ENTERPRISE,
        state=OrganisationState.VERIFIED,
        division__code__startswith=subtree_prefix(division),
    )
    chosen = Q(size__in=[size for size in sizes if size in OrganisationSize.values])
    if above_scale:
        chosen |= Q(above_scale=True)
    return rows.filter(chosen).order_by("pk")


def calls_to_report(*, organisation_id: int) -> QuerySet[FundCall]:
    """Issued notices that ask the enterprise and that it has not begun (待填报)."""
    asked = FundCallUnit.objects.filter(call=OuterRef("pk"), organisation_id=organisation_id)
    begun = FundReturn.objects.filter(organisation_id=organisation_id, year=OuterRef("year"))
    return FundCall.objects.filter(
        Exists(asked), ~Exists(begun), state=CallState.ISSUED
    ).select_related("authority")


def calls_to_chase(*, on: datetime.date) -> list[FundCall]:
    """Issued notices whose missing enterprises are told today: before the day, then weekly."""
    days = [on + datetime.timedelta(days=before) for before in REMIND_BEFORE]
    coming = Q(due_on__in=days)
    year_ago = on - datetime.timedelta(days=365)
    late = Q(due_on__lt=on, due_on__gt=year_ago)
    rows = FundCall.objects.filter(coming | late, state=CallState.ISSUED).order_by("pk")
    return [row for row in rows if row.due_on > on or (on - row.due_on).days % 7 == 1]


@dataclass(frozen=True, kw_only=True)
class PublicRow:
    """What everybody may know of a region's year; None hides what few firms would show (汇总)."""

    year: int
    asked: int
    submitted: int
    settled: int | None
    extraction: float | None
    frontline: float | None


def public_rows(*, fewest: int) -> list[PublicRow]:
    """Sums of all settled returns by year, no firm and no county named (公开汇总)."""
    asked = dict(
        FundCallUnit.objects.filter(call__state=CallState.ISSUED)
        .order_by()
        .values_list("call__year")
        .annotate(rows=Count("pk"))
    )
    sums: dict[int, dict[str, Any]] = {
        row["year"]: dict(row)
        for row in FundReturn.objects.order_by()
        .values("year")
        .annotate(
            submitted=Count("pk", filter=Q(first_submitted_at__isnull=False)),
            settled=Count("pk", filter=Q(state__in=SETTLED)),
            wages=Sum("current__wages", filter=Q(state__in=SETTLED)),
            extracted=Sum("current__extracted", filter=Q(state__in=SETTLED)),
            frontline=Sum("current__frontline_spent", filter=Q(state__in=SETTLED)),
        )
    }
    return [
        public_row(year, asked=asked[year], sums=sums.get(year, {}), fewest=fewest)
        for year in sorted(asked, reverse=True)
    ]


def public_row(year: int, *, asked: int, sums: dict[str, Any], fewest: int) -> PublicRow:
    settled = int(str(sums.get("settled") or 0))
    shown = settled >= fewest
    return PublicRow(
        year=year,
        asked=asked,
        submitted=int(str(sums.get("submitted") or 0)),
        settled=settled if shown else None,
        extraction=percentage(sums.get("extracted"), sums.get("wages")) if shown else None,
        frontline=percentage(sums.get("frontline"), sums.get("extracted")) if shown else None,
    )


def percentage(part: object, whole: object) -> float | None:
    if not part or not whole:
        return None
    return round(float(str(part)) * 100 / float(str(whole)), 2)
