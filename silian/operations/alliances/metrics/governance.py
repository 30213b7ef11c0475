"""Measures of how schools are governed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Scope,
    Touch,
    Touched,
    register_metric,
    stock,
)
from silian.operations.alliances.choices.governance import OUTSIDE, Organ
from silian.operations.alliances.events.governance import GovernanceChanged
from silian.operations.alliances.models.governance import (
    CharterVersion,
    GovernanceRecord,
    GovernanceSeat,
)
from silian.operations.alliances.permissions.governance import schools_visible_to
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation


def schools() -> QuerySet[Organisation]:
    return Organisation.objects.filter(
        kind=OrganisationKind.SCHOOL, state=OrganisationState.VERIFIED
    )


def with_charter(scope: Scope) -> QuerySet[Organisation]:
    rows = CharterVersion.objects.filter(
        record__school=OuterRef("pk"), in_force_on__lte=scope.as_of
    )
    return schools().filter(Exists(rows))


def with_council(scope: Scope) -> QuerySet[Organisation]:
    """Schools in whose council somebody from outside sat on the day."""
    seats = GovernanceSeat.objects.in_force(on=scope.as_of).filter(  # type: ignore[attr-defined]
        record__school=OuterRef("pk"), organ=Organ.COUNCIL, side__in=sorted(OUTSIDE)
    )
    return schools().filter(Exists(seats))


def with_office(scope: Scope) -> QuerySet[Organisation]:
    rows = GovernanceRecord.objects.filter(
        school=OuterRef("pk"), office=True, office_since__lte=scope.as_of
    )
    return schools().filter(Exists(rows))


def touched(event: Any) -> Iterable[Touch]:
    row = Organisation.objects.filter(pk=event.school_id).first()
    if row is not None:
        first = timezone.localdate().replace(month=1, day=1)
        yield Touch(division=row.division_id, day=first)


EVENTS: dict[Any, Touched] = {GovernanceChanged: touched}
DRILL = Drill(
    columns={"学校": "name", "地区": "division.name"},
    visible_to=schools_visible_to,
    url=lambda row: GovernanceRecord(school_id=row.pk).get_absolute_url(),
    related=("division",),
)

for code, title, formula, rows in (
    (
        "alliances.schools_with_charter",
        "已有章程的院校",
        "统计日章程已生效的已核验院校所数",
        with_charter,
    ),
    (
        "alliances.schools_with_council",
        "理（董）事会有校外成员的院校",
        "统计日理（董）事会有行业企业、科研院所、社会组织或社区成员在任的已核验院校所数",
        with_council,
    ),
    (
        "alliances.schools_with_office",
        "设有产教融合专门机构的院校",
        "统计日已设立产教融合管理、协调和服务专门机构的已核验院校所数",
        with_office,
    ),
):
    register_metric(
        stock(
            code=code,
            title=title,
            unit="所",
            formula=formula,
            source="学校治理档案",
            rows=rows,
            small_number=PUBLIC_ROWS,
            drill=DRILL,
            stale_on=EVENTS,
        )
    )
