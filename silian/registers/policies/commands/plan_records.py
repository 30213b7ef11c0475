"""Register a plan, answer its checklist with proof, and check the entry."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import files_of, store_upload
from silian.registers.organisations.models import Organisation
from silian.registers.policies.choices import PlanAnswerValue, PlanQuestion, PlanRecordState
from silian.registers.policies.events import PlanReviewed
from silian.registers.policies.models.plans import PlanAnswer, PlanProject, PlanRecord
from silian.registers.policies.permissions.plan_records import (
    plan_records_visible_to,
    require_plan_checker,
    require_plan_writer,
)
from silian.registers.policies.queries.clause_choices import citable_clause
from silian.registers.policies.rules.plan_records import PlanFacts, evidence_fault, period_fault
from silian.registers.policies.workflow.plan_records import plan_record as steps


@dataclass(frozen=True, kw_only=True)
class AnswerFacts:
    """What is said to an item of the checklist, and where it stands (核对内容)."""

    value: str
    place: str = ""
    note: str = ""
    clause_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ProjectFacts:
    """A major project as typed (重大项目)."""

    name: str
    investment: Decimal
    land: str
    skills: str
    skilled_people: int | None = None
    note: str = ""


def locked_plan(*, plan_id: int, actor: Actor) -> PlanRecord:
    return plan_records_visible_to(actor).select_for_update(of=("self",)).get(pk=plan_id)


def locked_draft(*, plan_id: int, actor: Actor) -> PlanRecord:
    """The entry when it may be written now."""
    plan = locked_plan(plan_id=plan_id, actor=actor)
    require_plan_writer(actor, plan)
    if plan.state != PlanRecordState.DRAFT:
        raise WrongState(f"当前为“{plan.get_state_display()}”，不能修改。已核对的请先“重新填写”。")
    return plan


@transaction.atomic
def create_plan(*, facts: PlanFacts, actor: Actor) -> PlanRecord:
    """Register a plan with its open checklist (登记规划)."""
    require_plan_writer(actor)
    refuse_unfit(facts)
    owner = Organisation.objects.get(pk=actor.organisation_id or 0)
    plan = PlanRecord.objects.create(
        division_id=owner.division_id,
        owner=owner,
        edited_by_id=actor.user_id,
        **asdict(facts),
    )
    PlanAnswer.objects.bulk_create(
        PlanAnswer(plan=plan, question=question) for question in PlanQuestion
    )
    record(actor, "policies.plan.created", plan)
    return plan


def refuse_unfit(facts: PlanFacts) -> None:
    fault = period_fault(facts)
    if fault:
        raise DomainError(fault, field="ends_year")


@transaction.atomic
def change_plan(*, plan_id: int, facts: PlanFacts, actor: Actor) -> PlanRecord:
    """Change a draft (修改规划登记)."""
    plan = locked_draft(plan_id=plan_id, actor=actor)
    refuse_unfit(facts)
    values = asdict(facts)
    for name, value in values.items():
        setattr(plan, name, value)
    plan.edited_by_id = actor.user_id
    plan.save(update_fields=[*values, "edited_by"])
    record(actor, "policies.plan.changed", plan)
    return plan


@transaction.atomic
def answer_question(
    *,
    plan_id: int,
    question: str,
    answer: AnswerFacts,
    upload: UploadedFile[bytes] | None = None,
    actor: Actor,
    now: datetime.datetime,
) -> PlanAnswer:
    """Say whether an item stands in the plan, and prove it (填写核对项)."""
    plan = locked_draft(plan_id=plan_id, actor=actor)
    row = plan.answers.select_for_update().get(question=question)
    clause = citable_clause(clause_id=answer.clause_id, actor=actor)
    fault = evidence_fault(
        value=answer.value,
        place=answer.place,
        has_clause=clause is not None,
        has_file=upload is not None or files_of(row).exists(),
    )
    if fault:
        raise DomainError(fault, field="place")
    row.value, row.place, row.note, row.clause = answer.value, answer.place, answer.note, clause
    row.answered_by_id, row.answered_at = actor.user_id, now
    row.save(update_fields=["value", "place", "note", "clause", "answered_by", "answered_at"])
    if upload is not None:
        store_upload(upload=upload, subject=row, actor=actor)
    plan.edited_by_id = actor.user_id
    plan.save(update_fields=["edited_by"])
    record(actor, "policies.plan.answered", plan, detail={"question": question})
    return row


@transaction.atomic
def add_project(*, plan_id: int, facts: ProjectFacts, actor: Actor) -> PlanProject:
    """Put a major project under a plan (登记重大项目)."""
    plan = locked_draft(plan_id=plan_id, actor=actor)
    if plan.projects.filter(name=facts.name).exists():
        raise DomainError("这个项目已经登记，请核对名称。", field="name")
    project = PlanProject.objects.create(plan=plan, **asdict(facts))
    record(actor, "policies.plan.project_added", plan, detail={"project": facts.name})
    return project


@transaction.atomic
def remove_project(*, plan_id: int, project_id: int, actor: Actor) -> None:
    """Take a project off a draft (删除重大项目)."""
    plan = locked_draft(plan_id=plan_id, actor=actor)
    project = plan.projects.filter(pk=project_id).first()
    if project is None:
        raise DomainError("这个项目已经不在登记里。")
    record(actor, "policies.plan.project_removed", plan, detail={"project": project.name})
    project.delete()


@transaction.atomic
def submit_plan(*, plan_id: int, actor: Actor) -> PlanRecord:
    """Hand the entry over to be checked (送核对)."""
    plan = locked_plan(plan_id=plan_id, actor=actor)
    require_plan_writer(actor, plan)
    open_items = plan.answers.filter(value=PlanAnswerValue.UNSET).count()
    plan.state = steps.target("submit", state=PlanRecordState(plan.state), open_items=open_items)
    plan.return_reason = ""
    plan.save(update_fields=["state", "return_reason"])
    record(actor, "policies.plan.submitted", plan)
    return plan


@transaction.atomic
def review_plan(*, plan_id: int, actor: Actor, now: datetime.datetime) -> PlanRecord:
    """Find the entry and its proofs in order (核对规划登记)."""
    plan = locked_plan(plan_id=plan_id, actor=actor)
    require_plan_checker(actor, plan)
    plan.state = steps.target(
        "review",
        state=PlanRecordState(plan.state),
        same_person=plan.edited_by_id == actor.user_id,
    )
    plan.reviewed_by_id, plan.reviewed_at = actor.user_id, now
    plan.save(update_fields=["state", "reviewed_by", "reviewed_at"])
    record(actor, "policies.plan.reviewed", plan)
    publish(PlanReviewed(plan_id=plan.pk, division=plan.division_id))
    return plan


@transaction.atomic
def return_plan(*, plan_id: int, reason: str, actor: Actor) -> PlanRecord:
    """Give the entry back with the reason (退回规划登记)."""
    plan = locked_plan(plan_id=plan_id, actor=actor)
    require_plan_checker(actor, plan)
    if not reason.strip():
        raise DomainError("请写明退回理由，登记单位会看到。", field="reason")
    plan.state = steps.target("return", state=PlanRecordState(plan.state))
    plan.return_reason = reason.strip()[:300]
    plan.save(update_fields=["state", "return_reason"])
    record(actor, "policies.plan.returned", plan, reason=plan.return_reason)
    return plan


@transaction.atomic
def reopen_plan(*, plan_id: int, actor: Actor) -> PlanRecord:
    """Write in a checked entry again; it must be checked anew (重新填写)."""
    plan = locked_plan(plan_id=plan_id, actor=actor)
    require_plan_writer(actor, plan)
    plan.state = steps.target("reopen", state=PlanRecordState(plan.state))
    plan.save(update_fields=["state"])
    record(actor, "policies.plan.reopened", plan)
    return plan
