"""Everything that the page of one project shows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from silian.foundation.kernel.money import TEN_THOUSAND
from silian.foundation.ui.components import Fact
from silian.governance.accreditation.choices.projects import (
    ProjectStage,
    StepState,
)
from silian.governance.accreditation.models.project_progress import ProjectMilestone
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.accreditation.queries.project_money import source_lines
from silian.governance.accreditation.queries.projects import (
    pictures_of,
    project_history,
    reports_of,
    steps_of,
)
from silian.governance.accreditation.rules.milestones import Days, forecast, milestone_words
from silian.governance.accreditation.rules.project_money import NOTHING, plan_gap, planned_by
from silian.governance.accreditation.rules.project_steps import DEMANDS, ORDER, next_stage


@dataclass(frozen=True, kw_only=True)
class MilestoneLine:
    """A milestone with its state in words (节点一行)."""

    milestone: ProjectMilestone
    word: str
    tone: str


@dataclass(frozen=True, kw_only=True)
class PipelineStop:
    """One stage on the line of a project: passed, present or ahead (环节图)."""

    label: str
    state: str
    note: str


def project_page(project: IntegrationProject, *, today: datetime.date) -> dict[str, Any]:
    """The context of the page: a fixed number of queries."""
    lines = source_lines(project)
    milestones = list(project.milestones.all())
    reports = reports_of(project)
    steps = steps_of(project)
    stage = next_stage(project.stage)
    waiting = [step for step in steps if step.state == StepState.PROPOSED]
    return {
        "project": project,
        "facts": facts_of(project),
        "stops": stops_of(project),
        "steps": list(reversed(steps)),
        "waiting": waiting[0] if waiting else None,
        "demand": DEMANDS[stage] if stage else None,
        **money_of(project, lines=lines),
        "entries": list(project.funds.select_related("entered_by").order_by("-on", "-pk")),
        "milestones": [milestone_line(row, today=today) for row in milestones],
        "forecast": forecast(
            milestones=[Days(planned_on=row.planned_on, done_on=row.done_on) for row in milestones],
            today=today,
        ),
        **investment_of(project, reports=reports, today=today),
        "pictures": pictures_of(project),
        "findings": list(project.findings.all()),
        "history": project_history(project),
    }


def money_of(project: IntegrationProject, *, lines: list[Any]) -> dict[str, Any]:
    planned = {line.source: line.planned for line in lines}
    return {
        "lines": lines,
        "planned": sum(planned.values(), NOTHING),
        "allotted": sum((line.allotted for line in lines), NOTHING),
        "paid": sum((line.paid for line in lines), NOTHING),
        "gap": plan_gap(total=project.total, planned=planned),
    }


def investment_of(
    project: IntegrationProject, *, reports: list[Any], today: datetime.date
) -> dict[str, Any]:
    held = [report for report in reports if report.replaced_at is None]
    completed: Decimal = held[0].completed if held else NOTHING
    return {
        "reports": reports,
        "completed": completed,
        "completed_wan": in_ten_thousands(completed),
        "total_wan": in_ten_thousands(project.total),
        "completed_share": (completed * 100 / project.total).quantize(Decimal("0.1")),
        "planned_now": planned_by(
            total=project.total, starts=project.starts_on, ends=project.ends_on, on=today
        ),
    }


def in_ten_thousands(amount: Decimal) -> Decimal:
    """Yuan as 万元, whole numbers without a point."""
    exact = (amount / TEN_THOUSAND).quantize(Decimal("0.01"))
    return exact.to_integral_value() if exact == exact.to_integral_value() else exact


def milestone_line(row: ProjectMilestone, *, today: datetime.date) -> MilestoneLine:
    word, tone = milestone_words(planned_on=row.planned_on, done_on=row.done_on, today=today)
    return MilestoneLine(milestone=row, word=word, tone=tone)


def stops_of(project: IntegrationProject) -> list[PipelineStop]:
    """The stages in their order, as the chain of steps draws them."""
    order: list[ProjectStage] = [ProjectStage.IDEA, *ORDER]
    if project.stage == ProjectStage.STOPPED:
        return [PipelineStop(label="已终止", state="refused", note=project.stop_reason)]
    present = order.index(ProjectStage(project.stage))
    stops = []
    for place, stage in enumerate(order):
        state = "done" if place < present else ("current" if place == present else "waiting")
        if stage == ProjectStage.IN_USE and place == present:
            state = "done"
        note = f"{project.stage_since:%Y-%m-%d} 起" if place == present else ""
        stops.append(PipelineStop(label=stage.label, state=state, note=note))
    return stops


def facts_of(project: IntegrationProject) -> list[Fact]:
    industries = "、".join(row.name for row in project.industries.all()) or "未填写"
    rows = [
        Fact(name="建设类别", value=project.get_kind_display()),
        Fact(name="建设地区", value=project.division.name),
        Fact(name="建设地点", value=project.site),
        Fact(name="计划工期", value=period_words(project)),
        Fact(name="责任人", value=project.responsible or "未填写"),
        Fact(name="服务行业", value=industries),
    ]
    if project.longitude is not None and project.latitude is not None:
        rows.append(Fact(name="坐标", value=f"{project.longitude}, {project.latitude}"))
    if project.library_number:
        level = project.get_library_level_display()
        rows.append(Fact(name="入库", value=f"{level} {project.library_number}"))
        rows.append(Fact(name="入库日", value=f"{project.library_on:%Y-%m-%d}"))
    if project.built_on:
        judged = {True: "国内一流", False: "未达国内一流", None: "未认定"}[project.first_class]
        rows.append(Fact(name="投用日", value=f"{project.built_on:%Y-%m-%d}"))
        rows.append(Fact(name="装备水平", value=judged))
    if project.recognition:
        rows.append(Fact(name="关联认定", value=project.recognition))
    rows.append(Fact(name="建设内容和规模", value=project.content, wide=True))
    return rows


def period_words(project: IntegrationProject) -> str:
    if project.starts_on is None or project.ends_on is None:
        return "未设定"
    return f"{project.starts_on:%Y-%m-%d} 至 {project.ends_on:%Y-%m-%d}"
