"""Measures of cooperation with other regions and countries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Metric,
    Scope,
    Touch,
    Touched,
    register_metric,
    stock,
    total,
)
from silian.foundation.kernel.actors import Actor
from silian.operations.alliances.choices.cooperation import ABROAD
from silian.operations.alliances.events.cooperation import (
    CooperationMoved,
    CooperationYearReported,
)
from silian.operations.alliances.models.cooperation import CooperationProject, CooperationYear
from silian.operations.alliances.permissions.cooperation import projects_visible_to
from silian.operations.alliances.queries.cooperation import people_counted

SOURCE = "对外交流合作项目登记"


def going(scope: Scope) -> QuerySet[CooperationProject]:
    """Projects signed by the day and not ended by then."""
    lasting = Q(ended_on__isnull=True) | Q(ended_on__gt=scope.as_of)
    return CooperationProject.objects.filter(lasting, starts_on__lte=scope.as_of)


def going_abroad(scope: Scope) -> QuerySet[CooperationProject]:
    return going(scope).filter(scope__in=sorted(ABROAD))


def reported_years(scope: Scope) -> QuerySet[CooperationYear]:
    return people_counted(CooperationYear.objects.all())


def years_visible_to(actor: Actor) -> QuerySet[CooperationYear]:
    return CooperationYear.objects.filter(project__in=projects_visible_to(actor))


def touched(event: Any) -> Iterable[Touch]:
    row = CooperationProject.objects.filter(pk=event.project_id).first()
    if row is not None:
        today = timezone.localdate()
        yield Touch(division=row.division_id, day=min(row.starts_on or today, today))


def touched_year(event: Any) -> Iterable[Touch]:
    row = CooperationYear.objects.filter(project_id=event.project_id, year=event.year).first()
    if row is not None:
        yield Touch(division=row.division_id, day=row.year_ends_on)


EVENTS: dict[Any, Touched] = {CooperationMoved: touched}
DRILL = Drill(
    columns={
        "项目": "title",
        "承担单位": "organisation.name",
        "合作方": "partner",
        "国家或地区": "partner_place",
        "签约日": "starts_on",
    },
    visible_to=projects_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("organisation",),
)

register_metric(
    stock(
        code="alliances.cooperation_projects",
        title="对外交流合作项目",
        unit="个",
        formula="统计日已签约且未结束、未中止的对外交流合作项目，含省内、省外和国际",
        source=SOURCE,
        rows=going,
        small_number=PUBLIC_ROWS,
        drill=DRILL,
        stale_on=EVENTS,
    )
)
register_metric(
    stock(
        code="alliances.cooperation_abroad",
        title="国际和“一带一路”合作项目",
        unit="个",
        formula="统计日已签约且未结束、未中止，合作范围为国际或“一带一路”的项目",
        source=SOURCE,
        rows=going_abroad,
        small_number=PUBLIC_ROWS,
        drill=DRILL,
        stale_on=EVENTS,
    )
)
register_metric(
    Metric(
        code="alliances.people_exchanged",
        title="对外交流人次",
        unit="人次",
        formula="各项目年度成效报送的派出和来访人次之和，计入所报年度的最后一天",
        source="对外合作年度成效",
        rows=reported_years,
        division="project__division",
        day="ends_on",
        reduce=total("people_total"),
        period_kinds=(PeriodKind.YEAR,),
        main_period=PeriodKind.YEAR,
        small_number=PUBLIC_ROWS,
        drill=Drill(
            columns={
                "项目": "project.title",
                "年度": "year",
                "派出": "people_out",
                "来访": "people_in",
            },
            visible_to=years_visible_to,
            url=lambda row: row.project.get_absolute_url(),
            related=("project",),
        ),
        stale_on={CooperationYearReported: touched_year},
    )
)
