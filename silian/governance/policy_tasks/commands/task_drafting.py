"""Make draft tasks: of a document's clauses, of a meeting's decision, by hand, as parts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.governance.policy_tasks.choices import OPEN_STATES, TaskOrigin, TaskState
from silian.governance.policy_tasks.commands.task_locking import locked_task
from silian.governance.policy_tasks.events.tasks import TaskAssigned
from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.models.tasks import Milestone, TaskBody
from silian.governance.policy_tasks.permissions.tasks import (
    leads,
    may_keep,
    require_coordinator,
    require_keeper,
)
from silian.governance.policy_tasks.rules.tasks import task_number, title_of
from silian.operations.alliances.models import Decision
from silian.registers.policies.choices import LEADING_ROLES, BodyRole, Medium
from silian.registers.policies.models import Clause, PolicyBody, PolicyDocument
from silian.registers.policies.models.clauses import ClauseBody


@dataclass(frozen=True, kw_only=True)
class TaskPlan:
    """What a person says of a task made by hand (自行添加的任务)."""

    title: str
    detail: str = ""
    lead: PolicyBody | None = None
    due_on: datetime.date | None = None
    cooperating: Sequence[PolicyBody] = field(default=())


@transaction.atomic
def draft_tasks_of_document(*, document_id: int, actor: Actor) -> list[PolicyTask]:
    """Make a draft of every clause that asks somebody to act (生成任务台账草稿).

    A clause that has its task keeps it; a second call makes nothing.
    """
    document = PolicyDocument.objects.select_for_update().get(pk=document_id)
    clauses = document.clauses.prefetch_related("bodies__body", "tasks").order_by("order")
    made = [
        draft_task_of_clause(clause, document=document, index=index, actor=actor)
        for index, clause in enumerate((row for row in clauses if row.is_task), start=1)
        if not clause.tasks.all()
    ]
    draft_milestones(document)
    return made


def draft_task_of_clause(
    clause: Clause, *, document: PolicyDocument, index: int, actor: Actor
) -> PolicyTask:
    """The draft of one clause; its lead is only who the text prints as such (牵头、会同在前)."""
    bodies = [row for row in clause.bodies.all() if row.body is not None]
    lead = next((row.body for row in bodies if row.role in LEADING_ROLES), None)
    task = PolicyTask.objects.create(
        division_id=document.division_id,
        origin=TaskOrigin.CLAUSE,
        document=document,
        clause=clause,
        keeper_id=None if document.medium == Medium.BOOK else document.owner_id,
        number=free_number(document, index),
        title=title_of(heading=clause.heading, text=clause.text),
        detail=clause.text,
        lead=lead,
        starts_on=document.effective_from or document.issued_on,
        due_on=clause.due_on,
        is_demo=document.is_demo,
    )
    share_out(task, [row for row in bodies if row.body != lead])
    record(actor, "policy_tasks.task.drafted", task)
    return task


def free_number(document: PolicyDocument, index: int) -> str:
    """The number of the task in its document; a later version takes the next one free."""
    reference = document.document_number or f"文件{document.pk}"
    taken = set(
        PolicyTask.objects.filter(
            division_id=document.division_id, number__startswith=f"{reference[:25]}-"
        ).values_list("number", flat=True)
    )
    while task_number(reference=reference, index=index) in taken:
        index += 1
    return task_number(reference=reference, index=index)


def share_out(task: PolicyTask, rows: Sequence[ClauseBody]) -> None:
    """Note the other bodies of a clause, each once, in the order of the text."""
    seen: set[int] = set()
    for row in rows:
        if row.body_id is None or row.body_id in seen:
            continue
        seen.add(row.body_id)
        TaskBody.objects.create(task=task, body_id=row.body_id, role=row.role, order=row.order)


def draft_milestones(document: PolicyDocument) -> None:
    """A step for every dated goal without number, on its task where it has one (节点)."""
    task_of = dict(document.tasks.filter(parent=None).values_list("clause_id", "pk"))
    for clause in document.clauses.prefetch_related("goals"):
        for goal in clause.goals.all():
            Milestone.objects.get_or_create(
                clause_goal=goal,
                defaults={
                    "division_id": document.division_id,
                    "document": document,
                    "task_id": task_of.get(clause.pk),
                    "number": goal.rule,
                    "title": goal.title,
                    "due_on": goal.deadline_on,
                    "metric_code": goal.metric_code,
                },
            )


@transaction.atomic
def draft_task_of_decision(*, decision_id: int, actor: Actor) -> PolicyTask:
    """Make a draft of a meeting's decision, once (会议决定转任务)."""
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision_id)
    found = PolicyTask.objects.filter(decision=decision, parent__isnull=True).first()
    if found:
        return found
    taken = PolicyTask.objects.filter(division_id=decision.division_id, number=decision.number)
    task = PolicyTask.objects.create(
        division_id=decision.division_id,
        origin=TaskOrigin.DECISION,
        decision=decision,
        keeper_id=decision.meeting.body.seat_id,
        number=f"{decision.number[:20]}-{decision.pk}" if taken.exists() else decision.number,
        title=decision.text[:200],
        detail=decision.text,
        lead=decision.lead,
        due_on=decision.due_on,
        is_demo=decision.meeting.body.is_demo,
    )
    add_cooperating(task, decision.cooperating.all())
    record(actor, "policy_tasks.task.drafted", task)
    return task


def add_cooperating(task: PolicyTask, bodies: Iterable[PolicyBody]) -> None:
    for order, body in enumerate(bodies):
        if body.pk != task.lead_id:
            TaskBody.objects.get_or_create(
                task=task, body=body, defaults={"role": BodyRole.COOPERATE, "order": order}
            )


@transaction.atomic
def add_task(*, division: str, plan: TaskPlan, actor: Actor, today: datetime.date) -> PolicyTask:
    """Add a task that stands in no document, as a draft (自行添加任务)."""
    require_coordinator(actor, division=division)
    refuse_past_due(plan, today=today)
    prefix = f"{today:%Y}自-"
    index = 1 + PolicyTask.objects.filter(division_id=division, number__startswith=prefix).count()
    task = PolicyTask.objects.create(
        division_id=division,
        origin=TaskOrigin.MANUAL,
        keeper_id=actor.organisation_id,
        number=f"{prefix}{index:03d}",
        title=plan.title,
        detail=plan.detail,
        lead=plan.lead,
        starts_on=today,
        due_on=plan.due_on,
    )
    add_cooperating(task, plan.cooperating)
    record(actor, "policy_tasks.task.added", task)
    return task


def refuse_past_due(plan: TaskPlan, *, today: datetime.date) -> None:
    if plan.due_on is not None and plan.due_on < today:
        raise DomainError("办结期限不能早于今天，请改填今天或以后的日期。", field="due_on")


@transaction.atomic
def add_part(
    *, task_id: int, plan: TaskPlan, actor: Actor, today: datetime.date, now: datetime.datetime
) -> PolicyTask:
    """Give a part of a running task to a unit, assigned at once (分解子任务)."""
    parent = locked_task(task_id=task_id, actor=actor)
    if not leads(actor, parent):
        require_keeper(actor, parent)
    refuse_unfit_part(parent, plan)
    refuse_past_due(plan, today=today)
    index = 1 + parent.parts.count()
    part = PolicyTask.objects.create(
        division_id=parent.division_id,
        origin=parent.origin,
        document_id=parent.document_id,
        clause_id=parent.clause_id,
        decision_id=parent.decision_id,
        parent=parent,
        keeper_id=parent.keeper_id,
        number=f"{parent.number[:26]}.{index}",
        title=plan.title,
        detail=plan.detail,
        force=parent.force,
        lead=plan.lead,
        starts_on=today,
        due_on=plan.due_on or parent.due_on,
        state=TaskState.ASSIGNED,
        assigned_at=now,
    )
    record(actor, "policy_tasks.task.part_added", part)
    publish(TaskAssigned(task_id=part.pk))
    return part


def refuse_unfit_part(parent: PolicyTask, plan: TaskPlan) -> None:
    """A part is of one level, has a lead, and ends no later than the whole."""
    if parent.state not in OPEN_STATES:
        raise WrongState(f"当前为“{parent.get_state_display()}”，不能分解子任务。")
    if parent.parent_id is not None:
        raise DomainError("子任务不再向下分解，请在上级任务下添加。")
    if plan.lead is None:
        raise DomainError("请指定子任务的承担单位。", field="lead")
    if plan.due_on and parent.due_on and plan.due_on > parent.due_on:
        raise DomainError(
            f"子任务期限不能晚于上级任务期限 {parent.due_on:%Y-%m-%d}。", field="due_on"
        )


def may_add_part(actor: Actor, task: PolicyTask) -> bool:
    """Whether the actor may give parts of the task away."""
    fitting = task.state in OPEN_STATES and task.parent_id is None
    return fitting and (leads(actor, task) or may_keep(actor, task))
