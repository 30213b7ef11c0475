"""Measures of zones, their partner schools, and help between places."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Scope,
    Touch,
    Touched,
    register_metric,
    share,
    stock,
)
from silian.operations.alliances.choices.pairings import PairingKind
from silian.operations.alliances.events.pairings import (
    PairingAnswered,
    PairingEnded,
    PairingProposed,
    ZoneChanged,
)
from silian.operations.alliances.models.pairings import Pairing
from silian.operations.alliances.models.zones import IndustrialZone
from silian.operations.alliances.permissions.pairings import pairings_visible_to, zones_visible_to
from silian.operations.alliances.queries.zones import (
    SCHOOLS_PER_ZONE,
    required_by_place,
    zones_with_cover,
)
from silian.registers.policies.events import ParameterSet

SOURCE = "产业集聚区名录与对口合作登记"
MET = Q(school_count__gte=F("required"))


def zones(scope: Scope) -> QuerySet[IndustrialZone]:
    """Zones that stood on the day, with their schools and the number asked of them."""
    return zones_with_cover(on=scope.as_of, places=required_by_place(on=scope.as_of))


def covered_zones(scope: Scope) -> QuerySet[IndustrialZone]:
    return zones(scope).filter(MET)


def running_pairings(scope: Scope) -> QuerySet[Pairing]:
    return Pairing.objects.running(on=scope.as_of)


def running_aid(scope: Scope) -> QuerySet[Pairing]:
    return running_pairings(scope).exclude(kind=PairingKind.ZONE_SCHOOL)


def touched_by_zone(event: Any) -> Iterable[Touch]:
    row = IndustrialZone.objects.filter(pk=event.zone_id).first()
    if row is not None:
        yield Touch(division=row.division_id, day=min(row.founded_on, timezone.localdate()))


def touched_by_pairing(event: Any) -> Iterable[Touch]:
    row = Pairing.objects.filter(pk=event.pairing_id).first()
    if row is not None:
        yield Touch(division=row.division_id, day=min(row.starts_on, timezone.localdate()))


def touched_by_parameter(event: Any) -> Iterable[Touch]:
    if event.code == SCHOOLS_PER_ZONE:
        year = timezone.localdate().year
        yield Touch(division="", day=datetime.date(year, 1, 1))


PAIRING_EVENTS: dict[Any, Touched] = {
    PairingProposed: touched_by_pairing,
    PairingAnswered: touched_by_pairing,
    PairingEnded: touched_by_pairing,
}
EVENTS: dict[Any, Touched] = {
    **PAIRING_EVENTS,
    ZoneChanged: touched_by_zone,
    ParameterSet: touched_by_parameter,
}
ZONE_DRILL = Drill(
    columns={
        "集聚区": "name",
        "地区": "division.name",
        "对口院校": lambda row: getattr(row, "school_count", ""),
        "设立日": "founded_on",
    },
    visible_to=zones_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("division",),
)
PAIRING_DRILL = Drill(
    columns={
        "双方": "title",
        "类别": lambda row: row.get_kind_display(),
        "起始日": "starts_on",
        "截止日": "last_day",
    },
    visible_to=pairings_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("zone", "school", "helper", "division"),
)
USUAL: dict[str, Any] = {"source": SOURCE, "small_number": PUBLIC_ROWS}

register_metric(
    stock(
        code="alliances.zones",
        title="产业集聚区",
        unit="个",
        formula="统计日已登记且未撤销的产业集聚区个数",
        rows=zones,
        drill=ZONE_DRILL,
        stale_on={ZoneChanged: touched_by_zone},
        **USUAL,
    )
)
register_metric(
    stock(
        code="alliances.zones_covered",
        title="达到对口院校标准的产业集聚区",
        unit="个",
        formula="统计日对口院校数不少于本地区标准（N55）的产业集聚区个数",
        rows=covered_zones,
        drill=ZONE_DRILL,
        stale_on=EVENTS,
        needs_parameter=SCHOOLS_PER_ZONE,
        **USUAL,
    )
)
register_metric(
    stock(
        code="alliances.zone_school_coverage",
        title="产业集聚区对口合作覆盖率",
        unit="%",
        formula="统计日达到对口院校标准（N55）的产业集聚区占全部产业集聚区的比例",
        rows=zones,
        reduce=share(MET),
        decimals=1,
        drill=ZONE_DRILL,
        stale_on=EVENTS,
        needs_parameter=SCHOOLS_PER_ZONE,
        **USUAL,
    )
)
register_metric(
    stock(
        code="alliances.pairings_running",
        title="实施中的对口合作与结对",
        unit="对",
        formula="统计日已确认、在合作期内且未结束的对口合作、结对帮扶和对口支援",
        rows=running_pairings,
        drill=PAIRING_DRILL,
        stale_on=PAIRING_EVENTS,
        **USUAL,
    )
)
register_metric(
    stock(
        code="alliances.aid_running",
        title="实施中的结对帮扶和对口支援",
        unit="对",
        formula="统计日已确认、在期限内且未结束的市县结对帮扶和对口支援，按受援地区统计",
        rows=running_aid,
        drill=PAIRING_DRILL,
        stale_on=PAIRING_EVENTS,
        **USUAL,
    )
)
