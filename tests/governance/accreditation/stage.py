"""Projects at every stage, and the day on which the tests happen."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from silian.governance.accreditation.choices.projects import ProjectStage
from silian.governance.accreditation.commands.approvals import apply_for
from silian.governance.accreditation.commands.guide import (
    GuideStep,
    GuideText,
    draft_matter,
    publish_guide,
)
from silian.governance.accreditation.commands.project_funds import Movement, record_fund
from silian.governance.accreditation.commands.project_steps import (
    Decision,
    agree_step,
    propose_step,
)
from silian.governance.accreditation.commands.projects import ProjectFacts, register_project
from silian.governance.accreditation.commands.schools import SchoolFacts, open_school_project
from silian.governance.accreditation.models.approvals import ApprovalCase
from silian.governance.accreditation.models.guide import GuideMatter
from silian.governance.accreditation.models.project_money import FundEntry
from silian.governance.accreditation.models.project_progress import ProjectMilestone
from silian.governance.accreditation.models.projects import IntegrationProject, ProjectStep
from silian.governance.accreditation.models.schools import SchoolProject
from silian.governance.accreditation.rules.project_steps import DEMANDS, next_stage
from tests.world import COUNTY, World

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
NOW = datetime.datetime(2026, 3, 18, 15, 0, tzinfo=SHANGHAI)
TODAY = NOW.date()
LIBRARY = Decision(
    library_level="provincial", library_number="SK-2026-018", library_on=TODAY, basis="省库公告"
)


def project_facts(**given: Any) -> ProjectFacts:
    values: dict[str, Any] = {
        "name": "智能制造产教融合实训基地",
        "kind": "training_base",
        "division_id": COUNTY,
        "site": "高新区创业路 8 号",
        "content": "新建实训车间 8,000 平方米",
        "total": Decimal("32000000.00"),
        "starts_on": datetime.date(2026, 1, 1),
        "ends_on": datetime.date(2026, 12, 31),
    }
    return ProjectFacts(**{**values, **given})


def idea(world: World, **given: Any) -> IntegrationProject:
    return register_project(
        facts=project_facts(**given), industries=[], actor=world.school.actor, today=TODAY
    )


def proposed(world: World, project: IntegrationProject, *, all_met: bool = True) -> ProjectStep:
    stage = next_stage(project.stage)
    lines = DEMANDS[stage].checks if stage else ()
    checks = {place: (True, "批复文件") for place in range(len(lines))}
    if not all_met:
        checks[0] = (False, "")
    return propose_step(
        project_id=project.pk,
        statement="已具备条件",
        checks=checks,
        files=[],
        actor=world.school.actor,
        now=NOW,
    )


def agreed(world: World, step: ProjectStep, **given: Any) -> IntegrationProject:
    decision = LIBRARY if step.stage == ProjectStage.LIBRARY else Decision(**given)
    step = agree_step(
        step_id=step.pk, decision=decision, actor=world.coordinator.actor, now=NOW, today=TODAY
    )
    return step.project


def at(world: World, stage: ProjectStage, **given: Any) -> IntegrationProject:
    """A project that came to a stage by its steps."""
    project = idea(world, **given)
    while project.stage != stage:
        project = agreed(world, proposed(world, project))
    return project


def money(**given: Any) -> Movement:
    values: dict[str, Any] = {
        "source": "central_budget",
        "kind": "allotted",
        "amount": Decimal("5000000.00"),
        "document": "发改投资〔2026〕12 号",
        "on": TODAY,
    }
    return Movement(**{**values, **given})


def funded(world: World, project: IntegrationProject, **given: Any) -> FundEntry:
    return record_fund(
        project_id=project.pk, movement=money(**given), actor=world.coordinator.actor, now=NOW
    )


def milestone(project: IntegrationProject, **given: Any) -> ProjectMilestone:
    values: dict[str, Any] = {"title": "主体封顶", "planned_on": TODAY}
    return ProjectMilestone.objects.create(project=project, **{**values, **given})


def matter(world: World, **given: Any) -> GuideMatter:
    """A published matter of the bureau with two steps of 3 and 4 working days."""
    actor = world.reviewer.actor
    made = draft_matter(
        title=given.pop("title", "专业设置备案"),
        text=GuideText(
            applicants="职业学校", conditions="有实训条件", documents="备案表",
            legal_basis="行政许可法", **given,
        ),
        steps=[
            GuideStep(title="材料审查", working_days=3),
            GuideStep(title="作出决定", working_days=4),
        ],
        actor=actor,
    )  # fmt: skip
    publish_guide(matter_id=made.pk, actor=actor, now=NOW)
    made.refresh_from_db()
    return made


def case(world: World, subject: GuideMatter | None = None, **given: Any) -> ApprovalCase:
    subject = subject or matter(world)
    values: dict[str, Any] = {"title": "新增专业备案", "detail": "材料见附件", "files": []}
    return apply_for(
        matter_id=subject.pk,
        actor=world.school.actor,
        now=given.pop("now", NOW),
        **{**values, **given},
    )


def school_project(world: World, kind: str = "high_level", **given: Any) -> SchoolProject:
    values: dict[str, Any] = {
        "title": "高水平学校建设",
        "basis": "实施方案",
        "starts_on": datetime.date(2025, 1, 1),
        "target_on": datetime.date(2027, 1, 1),
    }
    return open_school_project(
        school=world.school.organisation,
        keeper=world.coordinator.organisation,
        facts=SchoolFacts(kind=kind, **{**values, **given}),
        actor=world.coordinator.actor,
    )
