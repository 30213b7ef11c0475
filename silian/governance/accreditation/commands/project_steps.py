"""Propose the next stage of a project, and decide on it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.foundation.kernel.site_calendar import site_deadline
from silian.governance.accreditation.choices.projects import (
    ProjectStage,
    StepState,
)
from silian.governance.accreditation.commands.projects import locked_project
from silian.governance.accreditation.events.projects import (
    ProjectStageChanged,
    ProjectStepDecided,
    ProjectStepProposed,
)
from silian.governance.accreditation.models.project_progress import InvestmentReport
from silian.governance.accreditation.models.projects import (
    IntegrationProject,
    ProjectStep,
    StepCheck,
)
from silian.governance.accreditation.permissions.projects import (
    may_run_project,
    require_decider,
    require_owner,
    steps_visible_to,
)
from silian.governance.accreditation.rules.project_steps import DEMANDS, StepDemand, next_stage
from silian.governance.accreditation.workflow.project import project as life
from silian.governance.accreditation.workflow.project_step import project_step as steps


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the leading department says, with the facts that only this step brings (审定)."""

    opinion: str = ""
    basis: str = ""
    library_level: str = ""
    library_number: str = ""
    library_on: datetime.date | None = None
    first_class: bool | None = None


@transaction.atomic
def propose_step(
    *,
    project_id: int,
    statement: str,
    checks: Mapping[int, tuple[bool, str]],
    files: Sequence[UploadedFile[bytes]],
    actor: Actor,
    now: datetime.datetime,
) -> ProjectStep:
    """Ask for the next stage with the checklist filled in (申请进入下一环节).

    ``checks`` maps the place of a line to whether it is met and the paper that proves it.
    """
    project = locked_project(project_id=project_id, actor=actor)
    require_owner(actor, project)
    demand = demand_after(project)
    if project.steps.filter(state=StepState.PROPOSED).exists():
        raise DomainError("上一次申请还在审定，不能重复申请。")
    if not statement.strip():
        raise DomainError("请写明申请理由和完成情况。", field="statement")
    step = ProjectStep.objects.create(
        project=project,
        stage=demand.stage,
        statement=statement.strip(),
        basis=demand.basis,
        proposed_by_id=actor.user_id or 0,
        proposed_at=now,
        due_at=site_deadline(now, working_days=demand.working_days).due_at,
    )
    StepCheck.objects.bulk_create(check_lines(step, demand=demand, checks=checks))
    for upload in files:
        store_upload(upload=upload, subject=step, actor=actor)
    record(actor, "accreditation.step.proposed", step)
    publish(ProjectStepProposed(step_id=step.pk))
    return step


def demand_after(project: IntegrationProject) -> StepDemand:
    stage = next_stage(project.stage)
    if stage is None:
        raise DomainError(f"项目{project.get_stage_display()}，没有下一环节。")
    return DEMANDS[stage]


def check_lines(
    step: ProjectStep, *, demand: StepDemand, checks: Mapping[int, tuple[bool, str]]
) -> list[StepCheck]:
    lines = []
    for place, text in enumerate(demand.checks):
        says_met, note = checks.get(place, (False, ""))
        if says_met and not note.strip():
            raise DomainError(f"“{text}”勾选了满足，请写明证明材料。", field=f"note_{place}")
        lines.append(
            StepCheck(step=step, order=place, text=text, says_met=says_met, note=note.strip())
        )
    return lines


def locked_step(*, step_id: int, actor: Actor) -> ProjectStep:
    """The step and its project, both locked, for who decides."""
    found = steps_visible_to(actor).get(pk=step_id)
    project = locked_project(project_id=found.project_id, actor=actor)
    require_decider(actor, project)
    step = ProjectStep.objects.select_for_update(of=("self",)).get(pk=step_id)
    step.project = project
    return step


@transaction.atomic
def agree_step(
    *, step_id: int, decision: Decision, actor: Actor, now: datetime.datetime, today: datetime.date
) -> ProjectStep:
    """Agree: the project enters the stage that was asked for (同意)."""
    step = locked_step(step_id=step_id, actor=actor)
    project = step.project
    step.state = steps.target(
        "agree",
        state=StepState(step.state),
        unmet=step.checks.filter(says_met=False).count(),
        is_own=may_run_project(actor, project),
    )
    enter_stage(project, stage=step.stage, decision=decision, today=today)
    decided(step, decision=decision, verb="agreed", actor=actor, now=now)
    publish(ProjectStageChanged(project_id=project.pk))
    return step


def enter_stage(
    project: IntegrationProject, *, stage: str, decision: Decision, today: datetime.date
) -> None:
    """Move the project on; the library needs its number, acceptance its findings cured."""
    reports = InvestmentReport.objects.filter(project=project, replaced_at__isnull=True)
    facts = (
        {
            "open_findings": project.findings.filter(cured_on__isnull=True).count(),
            "completed_known": reports.exists(),
        }
        if stage == ProjectStage.IN_USE
        else {}
    )
    project.stage = life.target(stage, state=ProjectStage(project.stage), **facts)
    project.stage_since = today
    changed = ["stage", "stage_since"]
    if stage == ProjectStage.LIBRARY:
        changed += written_in_library(project, decision=decision)
    if stage == ProjectStage.IN_USE:
        project.built_on, project.first_class = today, decision.first_class
        changed += ["built_on", "first_class"]
    project.save(update_fields=changed)


def written_in_library(project: IntegrationProject, *, decision: Decision) -> list[str]:
    if not (decision.library_level and decision.library_number.strip() and decision.library_on):
        raise DomainError("入库要写明层级、编号和日期。", field="library_number")
    project.library_level = decision.library_level
    project.library_number = decision.library_number.strip()
    project.library_on = decision.library_on
    return ["library_level", "library_number", "library_on"]


@transaction.atomic
def return_step(*, step_id: int, opinion: str, actor: Actor, now: datetime.datetime) -> ProjectStep:
    """Send the proposal back with what is missing (退回)."""
    step = locked_step(step_id=step_id, actor=actor)
    if not opinion.strip():
        raise DomainError("请写明退回理由和要补的内容。", field="opinion")
    step.state = steps.target("return", state=StepState(step.state))
    return decided(step, decision=Decision(opinion=opinion), verb="returned", actor=actor, now=now)


def decided(
    step: ProjectStep, *, decision: Decision, verb: str, actor: Actor, now: datetime.datetime
) -> ProjectStep:
    step.opinion = decision.opinion.strip()[:500]
    if decision.basis.strip():
        step.basis = decision.basis.strip()[:200]
    step.decided_by_id, step.decided_for_id = actor.user_id, actor.organisation_id
    step.decided_at = now
    step.save(
        update_fields=["state", "opinion", "basis", "decided_by", "decided_for", "decided_at"]
    )
    record(actor, f"accreditation.step.{verb}", step, reason=step.opinion)
    publish(ProjectStepDecided(step_id=step.pk))
    return step
