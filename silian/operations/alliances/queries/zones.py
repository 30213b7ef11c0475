"""Which zones have the partner schools asked of them, and whom the others could ask."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import (
    Case,
    Count,
    DecimalField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from silian.foundation.kernel.actors import subtree_prefix
from silian.foundation.reference.jurisdictions import resolve_longest
from silian.operations.alliances.choices.pairings import COVER_TONES, Cover
from silian.operations.alliances.models.pairings import Pairing
from silian.operations.alliances.models.zones import IndustrialZone
from silian.operations.alliances.rules.pairings import (
    cover_of,
    missing_schools,
    narrowest_first,
)
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation
from silian.registers.policies.models.parameters import Parameter
from silian.registers.policies.queries.parameters import NATION, unissued

SCHOOLS_PER_ZONE = "N55"  # the parameter's number in the rulebooks
SUGGESTED = 3  # schools named beside an uncovered zone
WHOLE = 4  # leading digits of a city


def required_by_place(*, on: datetime.date) -> dict[str, Parameter]:
    """The number of schools per zone of every level that sets one; one query (对口院校标准)."""
    rows = Parameter.objects.filter(code=SCHOOLS_PER_ZONE).exclude(document__in=unissued())
    held = rows.valid(on=on).select_related("division", "document")  # type: ignore[attr-defined]
    ordered = held.order_by("valid_from", "pk")
    return {"" if row.division_id == NATION else row.division_id: row for row in ordered}


def zones_with_cover(
    *, on: datetime.date, places: dict[str, Parameter]
) -> QuerySet[IndustrialZone]:
    """Open zones with ``school_count`` and ``required``, both as of the day."""
    running = Pairing.objects.running(on=on).filter(zone=OuterRef("pk")).order_by()
    counted = running.values("zone").annotate(count=Count("school", distinct=True))
    schools = Coalesce(Subquery(counted.values("count")), 0, output_field=IntegerField())
    return IndustrialZone.objects.open(on=on).annotate(
        school_count=schools, required=required_column(places)
    )


def required_column(places: dict[str, Parameter]) -> Case:
    """The number that holds for a zone's division, the narrowest level first."""
    values = {subtree_prefix(place) if place else "": row.value for place, row in places.items()}
    cases = [
        When(division__code__startswith=prefix, then=Value(value))
        for prefix, value in narrowest_first(values)
        if prefix
    ]
    return Case(*cases, default=Value(values.get("")), output_field=DecimalField())


@dataclass(frozen=True, kw_only=True)
class ZoneCover:
    """A zone against what is asked of it, with whom it could ask next (覆盖情况)."""

    zone: IndustrialZone
    schools: int
    required: Decimal | None
    cover: Cover
    basis: str
    suggested: Sequence[Organisation] = field(default_factory=tuple)

    @property
    def tone(self) -> str:
        return COVER_TONES[self.cover]

    @property
    def missing(self) -> int | None:
        return missing_schools(schools=self.schools, required=self.required)


def covers_of(
    zones: Iterable[IndustrialZone], *, places: dict[str, Parameter], on: datetime.date
) -> list[ZoneCover]:
    """Each zone judged; those with a gap get schools that they could ask (对口合作覆盖)."""
    listed = list(zones)
    judged = {zone.pk: judged_cover(zone) for zone in listed}
    short = [zone for zone in listed if judged[zone.pk] == Cover.GAP]
    offered = suggested_schools(short, on=on)
    return [
        ZoneCover(
            zone=zone,
            schools=zone.school_count,  # type: ignore[attr-defined]
            required=zone.required,  # type: ignore[attr-defined]
            cover=judged[zone.pk],
            basis=basis_of(resolve_longest(zone.division_id, places)),
            suggested=offered.get(zone.pk, ()),
        )
        for zone in listed
    ]


def judged_cover(zone: IndustrialZone) -> Cover:
    """How a zone of ``zones_with_cover`` stands."""
    return cover_of(schools=zone.school_count, required=zone.required)  # type: ignore[attr-defined]


def basis_of(parameter: Parameter | None) -> str:
    """Document and clause that set the number."""
    if parameter is None or not parameter.is_set:
        return ""
    return " ".join(part for part in (parameter.source, parameter.place) if part)


def suggested_schools(
    zones: Sequence[IndustrialZone], *, on: datetime.date
) -> dict[int, list[Organisation]]:
    """Verified schools of the same city, those of the same county first, then the least paired."""
    cities = {zone.division_id[:WHOLE] for zone in zones}
    if not cities:
        return {}
    running = Q(pairings__in=Pairing.objects.running(on=on))
    rows = Organisation.objects.filter(
        kind=OrganisationKind.SCHOOL, state=OrganisationState.VERIFIED
    ).annotate(paired=Count("pairings", filter=running, distinct=True))
    by_city: dict[str, list[Organisation]] = defaultdict(list)
    for school in rows.order_by("paired", "pk"):
        by_city[school.division_id[:WHOLE]].append(school)
    taken = set(Pairing.objects.running(on=on).values_list("zone_id", "school_id"))
    return {zone.pk: nearest_to(zone, by_city, taken) for zone in zones}


def nearest_to(
    zone: IndustrialZone, by_city: dict[str, list[Organisation]], taken: set[tuple[int, int]]
) -> list[Organisation]:
    free = [row for row in by_city[zone.division_id[:WHOLE]] if (zone.pk, row.pk) not in taken]
    free.sort(key=lambda row: row.division_id != zone.division_id)
    return free[:SUGGESTED]


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """How many zones of a set are covered (集聚区覆盖)."""

    total: int
    met: int
    gap: int
    unset: int


def coverage_of(rows: QuerySet[IndustrialZone]) -> Coverage:
    """The zones counted by how they stand; ``rows`` come from ``zones_with_cover``."""
    judged = [judged_cover(zone) for zone in rows.order_by()]
    return Coverage(
        total=len(judged),
        met=judged.count(Cover.MET),
        gap=judged.count(Cover.GAP),
        unset=judged.count(Cover.UNSET),
    )
