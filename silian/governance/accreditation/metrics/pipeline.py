"""Measures of projects, their money, school projects and approvals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from silian.casework.metrics.choices import Direction
from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Metric,
    Scope,
    Touch,
    Touched,
    median,
    register_metric,
    share,
    stock,
    total,
)
from silian.governance.accreditation.choices.guide import DECIDED_CASES
from silian.governance.accreditation.choices.projects import (
    OBTAINED_SOURCES,
    FundEntryKind,
    ProjectKind,
    ProjectStage,
    StepState,
)
from silian.governance.accreditation.choices.schools import SchoolProjectKind, SchoolProjectState
from silian.governance.accreditation.events.approvals import CaseDecided
from silian.governance.accreditation.events.projects import (
    ProjectMoneyMoved,
    ProjectStageChanged,
    SchoolProjectChanged,
)
from silian.governance.accreditation.models.approvals import ApprovalCase
from silian.governance.accreditation.models.project_money import FundEntry
from silian.governance.accreditation.models.projects import IntegrationProject, ProjectStep
from silian.governance.accreditation.models.schools import SchoolProject
from silian.governance.accreditation.permissions.guide import cases_visible_to
from silian.governance.accreditation.permissions.projects import projects_visible_to
from silian.governance.accreditation.permissions.schools import school_projects_visible_to

PROJECT_SOURCE = "工程项目储备登记"
COUNTED_KINDS = (ProjectKind.PRACTICE_BASE, ProjectKind.TRAINING_BASE)


def touched_project(event: Any) -> Iterable[Touch]:
    """The project's region, from the day it was written down."""
    row = IntegrationProject.objects.filter(pk=event.project_id).first()
    if row is not None:
        yield Touch(division=row.division_id, day=row.registered_on)


def touched_money(event: Any) -> Iterable[Touch]:
    """The days on which money of a project moved, struck out entries too."""
    rows = FundEntry.objects.filter(project_id=event.project_id).select_related("project")
    for row in rows:
        yield Touch(division=row.project.division_id, day=row.on)


def touched_school(event: Any) -> Iterable[Touch]:
    row = SchoolProject.objects.filter(pk=event.project_id).first()
    if row is not None:
        yield Touch(division=row.division_id, day=row.achieved_on or row.starts_on)


def touched_case(event: Any) -> Iterable[Touch]:
    row = ApprovalCase.objects.select_related("matter").filter(pk=event.case_id).first()
    if row is not None and row.decided_at is not None:
        yield Touch(division=row.matter.division_id, day=timezone.localdate(row.decided_at))


STAGE_EVENTS: dict[Any, Touched] = {ProjectStageChanged: touched_project}
MONEY_EVENTS: dict[Any, Touched] = {ProjectMoneyMoved: touched_money}
SCHOOL_EVENTS: dict[Any, Touched] = {SchoolProjectChanged: touched_school}
CASE_EVENTS: dict[Any, Touched] = {CaseDecided: touched_case}


def running(scope: Scope) -> QuerySet[IntegrationProject]:
    """Projects written down by the day and not stopped by then."""
    stopped = Q(stage=ProjectStage.STOPPED, stage_since__lte=scope.as_of)
    return IntegrationProject.objects.filter(registered_on__lte=scope.as_of).exclude(stopped)


def entered(scope: Scope, *stages: ProjectStage) -> QuerySet[IntegrationProject]:
    """Running projects that had come to one of the stages, or further, by the day."""
    steps = ProjectStep.objects.filter(
        project=OuterRef("pk"),
        stage__in=stages,
        state=StepState.AGREED,
        decided_at__lt=scope.ends_at,
    )
    return running(scope).filter(Exists(steps))


def in_reserve(scope: Scope) -> QuerySet[IntegrationProject]:
    return entered(scope, ProjectStage.RESERVE)


def in_library(scope: Scope) -> QuerySet[IntegrationProject]:
    return running(scope).filter(library_on__lte=scope.as_of)


def under_construction(scope: Scope) -> QuerySet[IntegrationProject]:
    rows = entered(scope, ProjectStage.CONSTRUCTION)
    return rows.exclude(built_on__lte=scope.as_of)


def built(scope: Scope) -> QuerySet[IntegrationProject]:
    return IntegrationProject.objects.filter(built_on__lte=scope.as_of)


def counted_projects(scope: Scope) -> QuerySet[IntegrationProject]:
    """Built projects of the kinds that the target names, judged first class at acceptance."""
    return built(scope).filter(kind__in=COUNTED_KINDS, first_class=True)


DRILL = Drill(
    columns={
        "项目": "name",
        "申报单位": "owner.name",
        "建设类别": lambda row: row.get_kind_display(),
        "地区": "division.name",
        "总投资（元）": "total",
        "环节": lambda row: row.get_stage_display(),
        "投用日": "built_on",
    },
    visible_to=projects_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("owner", "division"),
)
STOCKS: tuple[tuple[str, str, str, Any], ...] = (
    (
        "projects_in_reserve",
        "储备过的工程项目",
        "统计日前已转入储备、未终止的项目，每个计一",
        in_reserve,
    ),
    (
        "projects_in_library",
        "入库工程项目",
        "统计日前已列入省级或国家级项目库、未终止的项目",
        in_library,
    ),
    (
        "projects_under_construction",
        "在建工程项目",
        "统计日已开工、尚未投用、未终止的项目",
        under_construction,
    ),
    ("projects_built", "投用工程项目", "统计日前已验收投用的项目", built),
)
for code, title, formula, rows in STOCKS:
    register_metric(
        stock(
            code=f"accreditation.{code}",
            title=title,
            unit="个",
            formula=formula,
            source=PROJECT_SOURCE,
            rows=rows,
            small_number=PUBLIC_ROWS,
            drill=DRILL,
            stale_on=STAGE_EVENTS,
        )
    )
register_metric(
    stock(
        code="accreditation.integration_projects",
        title="产教融合工程项目（实验实习实训基地）",
        unit="个",
        formula=(
            "统计日前已验收投用、类别为实验实习实训基地或产教融合实训基地，"
            "且验收认定装备水平国内一流的项目，每个计一"
        ),
        source=PROJECT_SOURCE,
        rows=counted_projects,
        small_number=PUBLIC_ROWS,
        drill=DRILL,
        stale_on=STAGE_EVENTS,
    )
)
for kind, label in ProjectKind.choices:
    register_metric(
        stock(
            code=f"accreditation.projects_of_{kind}",
            title=f"工程项目：{label}",
            unit="个",
            formula=f"统计日前登记、未终止、建设类别为{label}的项目，每个计一",
            source=PROJECT_SOURCE,
            rows=lambda scope, kind=kind: running(scope).filter(kind=kind),
            small_number=PUBLIC_ROWS,
            drill=DRILL,
            stale_on=STAGE_EVENTS,
        )
    )


def obtained(scope: Scope) -> QuerySet[FundEntry]:
    """What upper levels allotted; struck out entries do not count."""
    return FundEntry.objects.filter(
        kind=FundEntryKind.ALLOTTED, source__in=OBTAINED_SOURCES, voided_at__isnull=True
    )


def paid(scope: Scope) -> QuerySet[FundEntry]:
    return FundEntry.objects.filter(kind=FundEntryKind.PAID, voided_at__isnull=True)


def entries_visible_to(actor: Any) -> QuerySet[FundEntry]:
    return FundEntry.objects.filter(project__in=projects_visible_to(actor))


FUND_DRILL = Drill(
    columns={
        "项目": "project.name",
        "来源": lambda row: row.get_source_display(),
        "金额（元）": "amount",
        "文件或凭证": "document",
        "日期": "on",
    },
    visible_to=entries_visible_to,
    url=lambda row: row.project.get_absolute_url(),
    related=("project",),
)
for code, title, formula, rows in (
    (
        "funds_obtained",
        "争取上级产教融合资金",
        "统计期内下达的中央预算内投资、省预算内投资、专项资金和以奖代补，作废的不计",
        obtained,
    ),
    ("funds_paid", "工程项目拨付资金", "统计期内各来源拨付到项目的资金，作废的不计", paid),
):
    register_metric(
        Metric(
            code=f"accreditation.{code}",
            title=title,
            unit="元",
            formula=formula,
            source="项目资金登记",
            rows=rows,
            division="project__division",
            day="on",
            reduce=total("amount"),
            decimals=2,
            public=False,
            drill=FUND_DRILL,
            stale_on=MONEY_EVENTS,
        )
    )

SCHOOL_DRILL = Drill(
    columns={
        "项目": "title",
        "学校": "school.name",
        "类别": lambda row: row.get_kind_display(),
        "建成日": "achieved_on",
        "批复或认定文件": "document",
    },
    visible_to=school_projects_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("school",),
)


def achieved(kinds: tuple[str, ...]) -> Any:
    """Schools whose project was reached by the day, one each."""

    def rows(scope: Scope) -> QuerySet[SchoolProject]:
        return SchoolProject.objects.filter(
            state=SchoolProjectState.ACHIEVED, achieved_on__lte=scope.as_of, kind__in=kinds
        )

    return rows


S = SchoolProjectKind
for code, title, kinds in (
    ("high_level_schools", "市级高水平中职学校", (S.HIGH_LEVEL,)),
    (
        "higher_vocational_sites",
        "高等职业教育院校（教学点）或五年制职业院校",
        (S.VOCATIONAL_SITE, S.FIVE_YEAR),
    ),
    ("applied_universities", "应用型本科院校", (S.APPLIED_UNIVERSITY,)),
    ("double_high_schools", "“双高计划”学校", (S.DOUBLE_HIGH,)),
    ("zone_schools", "职教园区学校", (S.ZONE_SCHOOL,)),
    ("schools_upgraded", "建设与升格完成的学校", tuple(S)),
):
    register_metric(
        stock(
            code=f"accreditation.{code}",
            title=title,
            unit="所",
            formula="统计日前凭批复或认定文件登记建成的学校项目，每个计一所",
            source="学校建设与升格项目登记",
            rows=achieved(kinds),
            small_number=PUBLIC_ROWS,
            drill=SCHOOL_DRILL,
            stale_on=SCHOOL_EVENTS,
        )
    )


def decided_cases(scope: Scope) -> QuerySet[ApprovalCase]:
    return ApprovalCase.objects.filter(state__in=sorted(DECIDED_CASES))


CASE_DRILL = Drill(
    columns={
        "编号": "number",
        "事项": "matter.title",
        "受理": "accepted_at",
        "决定": "decided_at",
        "用时（工作日）": "used_days",
        "时限（工作日）": "limit_days",
        "结果": lambda row: row.get_state_display(),
    },
    visible_to=cases_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("matter",),
)
CASES: dict[str, Any] = {
    "source": "审批办件登记",
    "rows": decided_cases,
    "division": "matter__division",
    "day": "decided_at",
    "drill": CASE_DRILL,
    "stale_on": CASE_EVENTS,
}
register_metric(
    Metric(
        code="accreditation.approval_days",
        title="审批用时中位数",
        unit="工作日",
        formula="统计期内作出决定的办件，从受理到决定的工作日数，取中位数；补正时间不计入",
        reduce=median("used_days"),
        decimals=1,
        direction=Direction.FALLING,
        **CASES,
    )
)
register_metric(
    Metric(
        code="accreditation.approvals_in_time",
        title="审批按时办结率",
        unit="%",
        formula="统计期内作出决定的办件中，在公布的时限内办结的占比",
        reduce=share(Q(in_time=True)),
        decimals=1,
        **CASES,
    )
)
register_metric(
    Metric(
        code="accreditation.approvals_decided",
        title="审批办结件数",
        unit="件",
        formula="统计期内作出准予或不予决定的办件数",
        **CASES,
    )
)
