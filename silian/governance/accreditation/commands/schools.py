"""Open a school project from its template; check conditions, milestones and what blocks it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from silian.casework.metrics.queries.values import latest_value
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.governance.accreditation.choices.schools import ConditionState, SchoolProjectState
from silian.governance.accreditation.events.projects import SchoolProjectChanged
from silian.governance.accreditation.gateways.rulebooks import standard_in_force
from silian.governance.accreditation.gateways.school_templates import ConditionTemplate, templates
from silian.governance.accreditation.models.schools import (
    SchoolBlock,
    SchoolCondition,
    SchoolMilestone,
    SchoolProject,
)
from silian.governance.accreditation.permissions.schools import (
    blocks_visible_to,
    conditions_visible_to,
    require_checker,
    require_opener,
    require_reporter,
    school_milestones_visible_to,
    school_projects_visible_to,
)
from silian.governance.accreditation.rules.school_projects import reason_not_checkable
from silian.governance.accreditation.workflow.school_project import school_project as life
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class SchoolFacts:
    """What is typed about a school project (学校项目情况)."""

    kind: str
    title: str
    basis: str
    starts_on: datetime.date
    target_on: datetime.date


@transaction.atomic
def open_school_project(
    *, school: Organisation, keeper: Organisation, facts: SchoolFacts, actor: Actor
) -> SchoolProject:
    """Set up a project with the conditions of its kind, their standards frozen (登记学校项目)."""
    require_opener(actor)
    if school.kind != OrganisationKind.SCHOOL or not actor.covers(school.division_id):
        raise DomainError("请选择本地区的学校。", field="school")
    if facts.target_on <= facts.starts_on:
        raise DomainError("目标日应晚于启动日。", field="target_on")
    running = SchoolProject.objects.filter(
        school=school, kind=facts.kind, state=SchoolProjectState.ACTIVE
    )
    if running.exists():
        raise DomainError("这所学校已有同类的推进中项目，请在原项目里办理。", field="school")
    project = SchoolProject.objects.create(
        school=school,
        keeper=keeper,
        division_id=school.division_id,
        kind=facts.kind,
        title=facts.title.strip(),
        basis=facts.basis.strip(),
        starts_on=facts.starts_on,
        target_on=facts.target_on,
    )
    SchoolCondition.objects.bulk_create(conditions_of(project))
    record(actor, "accreditation.school_project.opened", project)
    publish(SchoolProjectChanged(project_id=project.pk))
    return project


def conditions_of(project: SchoolProject) -> list[SchoolCondition]:
    return [
        condition_from(template, project=project, order=place)
        for place, template in enumerate(templates()[project.kind], start=1)
    ]


def condition_from(
    template: ConditionTemplate, *, project: SchoolProject, order: int
) -> SchoolCondition:
    found = (
        standard_in_force(
            name=template.parameter, division=project.division_id, on=project.starts_on
        )
        if template.parameter
        else None
    )
    return SchoolCondition(
        project=project,
        order=order,
        title=template.title,
        comparison=template.comparison,
        unit=template.unit,
        metric_code=template.metric,
        standard=found.value if found else None,
        source=found.source if found else "",
    )


def locked_school_project(*, project_id: int, actor: Actor) -> SchoolProject:
    project = school_projects_visible_to(actor).select_for_update(of=("self",)).get(pk=project_id)
    if project.state != SchoolProjectState.ACTIVE:
        raise DomainError(f"项目{project.get_state_display()}，不能再修改。")
    return project


def locked_condition(*, condition_id: int, actor: Actor) -> SchoolCondition:
    found = conditions_visible_to(actor).get(pk=condition_id)
    project = locked_school_project(project_id=found.project_id, actor=actor)
    condition = SchoolCondition.objects.select_for_update(of=("self",)).get(pk=condition_id)
    condition.project = project
    return condition


@transaction.atomic
def set_standard(
    *, condition_id: int, standard: Decimal, source: str, actor: Actor
) -> SchoolCondition:
    """Fill in a standard that the rulebook leaves open, with its document (填写标准)."""
    condition = locked_condition(condition_id=condition_id, actor=actor)
    require_checker(actor, condition.project)
    if condition.state != ConditionState.OPEN:
        raise DomainError("这项条件已核对，标准已固定。")
    if not source.strip():
        raise DomainError("请写明标准依据的文件和条款。", field="source")
    condition.standard, condition.source = standard, source.strip()[:200]
    condition.save(update_fields=["standard", "source"])
    record(actor, "accreditation.condition.standard_set", condition, reason=condition.source)
    return condition


@transaction.atomic
def report_condition(
    *, condition_id: int, value: Decimal | None, evidence: str, actor: Actor
) -> SchoolCondition:
    """The school tells its figure and the paper that proves it; an official checks (上报)."""
    condition = locked_condition(condition_id=condition_id, actor=actor)
    require_reporter(actor, condition.project)
    if condition.state == ConditionState.MET:
        raise DomainError("这项条件已核对为满足，数值已固定。")
    if not evidence.strip():
        raise DomainError("请写明证明材料的名称和编号。", field="evidence")
    condition.value, condition.evidence = value, evidence.strip()[:200]
    condition.value_source = "学校上报"
    condition.state, condition.checked_on, condition.checked_by = ConditionState.OPEN, None, None
    condition.save(
        update_fields=["value", "evidence", "value_source", "state", "checked_on", "checked_by"]
    )
    record(actor, "accreditation.condition.reported", condition)
    return condition


@transaction.atomic
def check_condition(
    *,
    condition_id: int,
    says_met: bool,
    value: Decimal | None,
    evidence: str,
    actor: Actor,
    today: datetime.date,
) -> SchoolCondition:
    """Find whether a condition is met; the figure is frozen with the day (核对).

    Where the platform measures the figure itself, the measured value is taken, not the typed one.
    """
    condition = locked_condition(condition_id=condition_id, actor=actor)
    require_checker(actor, condition.project)
    measured = measured_value(condition, on=today)
    if measured is not None:
        condition.value, condition.value_source = measured
    elif value is not None:
        condition.value, condition.value_source = value, "核对时填写"
    refusal = reason_not_checkable(
        comparison=condition.comparison,
        standard=condition.standard,
        value=condition.value,
        says_met=says_met,
    )
    if refusal:
        raise DomainError(refusal, field="says_met")
    condition.evidence = evidence.strip()[:200] or condition.evidence
    if not condition.evidence and measured is None:
        raise DomainError("请写明核对的证明材料。", field="evidence")
    condition.state = ConditionState.MET if says_met else ConditionState.MISSING
    condition.checked_on, condition.checked_by_id = today, actor.user_id
    condition.save(
        update_fields=["value", "value_source", "evidence", "state", "checked_on", "checked_by"]
    )
    record(actor, "accreditation.condition.checked", condition)
    return condition


def measured_value(condition: SchoolCondition, *, on: datetime.date) -> tuple[Decimal, str] | None:
    """The platform's own figure for the project's region, with the period it stands for."""
    if not condition.metric_code:
        return None
    found = latest_value(code=condition.metric_code, division=condition.project.division_id, on=on)
    if found is None or found.value is None:
        return None
    return found.value, f"平台指标，{found.period_name}，截至 {found.as_of:%Y-%m-%d}"


@transaction.atomic
def add_school_milestone(
    *, project_id: int, title: str, planned_on: datetime.date, actor: Actor
) -> SchoolMilestone:
    """Set something to be reached by a day (添加节点)."""
    project = locked_school_project(project_id=project_id, actor=actor)
    require_reporter(actor, project)
    milestone = SchoolMilestone.objects.create(
        project=project, title=title.strip(), planned_on=planned_on
    )
    record(actor, "accreditation.school_milestone.added", milestone)
    return milestone


@transaction.atomic
def finish_school_milestone(
    *,
    milestone_id: int,
    done_on: datetime.date,
    evidence: str,
    actor: Actor,
    today: datetime.date,
) -> SchoolMilestone:
    """Write down that a milestone was reached, with its proof (节点完成)."""
    found = school_milestones_visible_to(actor).get(pk=milestone_id)
    project = locked_school_project(project_id=found.project_id, actor=actor)
    require_reporter(actor, project)
    milestone = SchoolMilestone.objects.select_for_update(of=("self",)).get(pk=milestone_id)
    if milestone.done_on is not None:
        raise DomainError("这个节点已完成。")
    if done_on > today:
        raise DomainError("完成日不能晚于今天。", field="done_on")
    if not evidence.strip():
        raise DomainError("请写明完成凭证。", field="evidence")
    milestone.done_on, milestone.evidence = done_on, evidence.strip()[:200]
    milestone.save(update_fields=["done_on", "evidence"])
    record(actor, "accreditation.school_milestone.done", milestone)
    return milestone


@transaction.atomic
def raise_block(
    *, project_id: int, text: str, owner: Organisation, since: datetime.date, actor: Actor,
    today: datetime.date,
) -> SchoolBlock:  # fmt: skip
    """Say what keeps the project from going on, and who must remove it (登记卡点)."""
    project = locked_school_project(project_id=project_id, actor=actor)
    require_reporter(actor, project)
    if since > today:
        raise DomainError("出现日不能晚于今天。", field="since")
    block = SchoolBlock.objects.create(project=project, text=text.strip(), owner=owner, since=since)
    record(actor, "accreditation.block.raised", block)
    return block


@transaction.atomic
def solve_block(
    *,
    block_id: int,
    solved_on: datetime.date,
    solution: str,
    actor: Actor,
    today: datetime.date,
) -> SchoolBlock:
    """Write down how something that blocked was removed (解决卡点)."""
    found = blocks_visible_to(actor).get(pk=block_id)
    project = locked_school_project(project_id=found.project_id, actor=actor)
    require_checker(actor, project)
    block = SchoolBlock.objects.select_for_update(of=("self",)).get(pk=block_id)
    if block.solved_on is not None:
        raise DomainError("这个卡点已解决。")
    if not block.since <= solved_on <= today:
        raise DomainError("解决日应在出现日和今天之间。", field="solved_on")
    if not solution.strip():
        raise DomainError("请写明怎样解决的。", field="solution")
    block.solved_on, block.solution = solved_on, solution.strip()[:300]
    block.save(update_fields=["solved_on", "solution"])
    record(actor, "accreditation.block.solved", block)
    return block


@transaction.atomic
def achieve_school_project(
    *, project_id: int, document: str, achieved_on: datetime.date, actor: Actor,
    today: datetime.date,
) -> SchoolProject:  # fmt: skip
    """Write down that the school has become what was planned (登记建成)."""
    project = locked_school_project(project_id=project_id, actor=actor)
    require_checker(actor, project)
    if achieved_on > today:
        raise DomainError("建成日不能晚于今天。", field="achieved_on")
    project.state = life.target(
        "achieve",
        state=SchoolProjectState(project.state),
        missing=project.conditions.exclude(state=ConditionState.MET).count(),
        open_blocks=project.blocks.filter(solved_on__isnull=True).count(),
        document=document,
    )
    project.document, project.achieved_on = document.strip()[:160], achieved_on
    project.save(update_fields=["state", "document", "achieved_on"])
    record(actor, "accreditation.school_project.achieved", project, reason=project.document)
    publish(SchoolProjectChanged(project_id=project.pk))
    return project


@transaction.atomic
def stop_school_project(*, project_id: int, reason: str, actor: Actor) -> SchoolProject:
    """End a project that will not be reached (终止)."""
    project = locked_school_project(project_id=project_id, actor=actor)
    require_checker(actor, project)
    if not reason.strip():
        raise DomainError("请写明终止理由和依据。", field="reason")
    project.state = life.target("stop", state=SchoolProjectState(project.state))
    project.stop_reason = reason.strip()[:300]
    project.save(update_fields=["state", "stop_reason"])
    record(actor, "accreditation.school_project.stopped", project, reason=project.stop_reason)
    publish(SchoolProjectChanged(project_id=project.pk))
    return project
