"""Review drafts and give them out: name the lead, set the day, assign, cancel."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.governance.policy_tasks.choices import OPEN_STATES, ChangeKind, TaskState
from silian.governance.policy_tasks.commands.task_locking import kept_task
from silian.governance.policy_tasks.events.tasks import TaskAssigned, TaskCancelled
from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.models.tasks import TaskChange
from silian.governance.policy_tasks.permissions.tasks import REPORTERS
from silian.governance.policy_tasks.workflow.task import task as steps
from silian.registers.organisations.models import Membership
from silian.registers.policies.models import PolicyBody

ARRANGEABLE = OPEN_STATES | {TaskState.DRAFT}


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """Who leads a task, until when, and who carries it (任务安排)."""

    lead: PolicyBody | None
    due_on: datetime.date | None
    owner_id: int | None = None
    force: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A task of several that could not be assigned, and why."""

    task: PolicyTask
    sentence: str


@transaction.atomic
def arrange_task(
    *, task_id: int, plan: Arrangement, actor: Actor, today: datetime.date
) -> PolicyTask:
    """Name the lead, the day and the owner; a task already given out says why (安排任务)."""
    task = kept_task(task_id=task_id, actor=actor)
    refuse_unfit(task, plan)
    note_changes(task, plan, actor=actor, today=today)
    task.lead = plan.lead
    task.due_on = plan.due_on
    task.owner_id = plan.owner_id
    task.force = plan.force or task.force
    task.save(update_fields=["lead", "due_on", "owner", "force"])
    if plan.lead:
        task.bodies.filter(body=plan.lead).delete()
    record(actor, "policy_tasks.task.arranged", task, reason=plan.reason)
    return task


def refuse_unfit(task: PolicyTask, plan: Arrangement) -> None:
    if task.state not in ARRANGEABLE:
        raise WrongState(f"当前为“{task.get_state_display()}”，不能再调整安排。")
    given_out = task.state != TaskState.DRAFT
    if given_out and plan.lead is None:
        raise DomainError("任务已下达，不能没有牵头单位。", field="lead")
    if plan.lead and plan.lead.ended_on:
        raise DomainError(f"“{plan.lead.name}”的职责已划出，请选择现在的责任单位。", field="lead")
    changed = task.lead_id != (plan.lead.pk if plan.lead else None) or task.due_on != plan.due_on
    if given_out and changed and not plan.reason.strip():
        raise DomainError("任务已下达，调整牵头单位或期限须写明原因。", field="reason")
    if plan.due_on and task.starts_on and plan.due_on < task.starts_on:
        raise DomainError(f"办结期限不能早于任务开始日 {task.starts_on:%Y-%m-%d}。", field="due_on")
    refuse_foreign_owner(plan)


def refuse_foreign_owner(plan: Arrangement) -> None:
    """The owner is a member of the leading unit."""
    if plan.owner_id is None:
        return
    unit = plan.lead.organisation_id if plan.lead else None
    members = Membership.objects.filter(
        organisation_id=unit or 0, user_id=plan.owner_id, role__in=REPORTERS
    )
    if not members.exists():
        raise DomainError("责任人须是牵头单位的成员，请重新选择。", field="owner")


def note_changes(
    task: PolicyTask, plan: Arrangement, *, actor: Actor, today: datetime.date
) -> None:
    """Keep what stood before, once the task has been given out or its text named no lead."""
    before = task.lead.name if task.lead else "原文未写明"
    after = plan.lead.name if plan.lead else "未指定"
    if task.lead_id != (plan.lead.pk if plan.lead else None):
        note(task, ChangeKind.LEAD, before, after, plan.reason, actor=actor, on=today)
    if task.due_on != plan.due_on:
        old, new = (day.isoformat() if day else "未设期限" for day in (task.due_on, plan.due_on))
        note(task, ChangeKind.DUE, old, new, plan.reason, actor=actor, on=today)


def note(
    task: PolicyTask,
    kind: ChangeKind,
    before: str,
    after: str,
    reason: str,
    *,
    actor: Actor,
    on: datetime.date,
) -> TaskChange:
    """Keep a change in the history of the task (任务变更)."""
    return TaskChange.objects.create(
        task=task,
        kind=kind,
        before=before[:200],
        after=after[:200],
        reason=reason[:300],
        changed_on=on,
        changed_by_id=actor.user_id,
    )


@transaction.atomic
def assign_task(*, task_id: int, actor: Actor, now: datetime.datetime) -> PolicyTask:
    """Give a draft out to its leading unit (下达任务)."""
    task = kept_task(task_id=task_id, actor=actor)
    task.state = steps.target(
        "assign", state=TaskState(task.state), has_lead=task.lead_id is not None
    )
    task.assigned_at = now
    task.save(update_fields=["state", "assigned_at"])
    record(actor, "policy_tasks.task.assigned", task)
    publish(TaskAssigned(task_id=task.pk))
    return task


def assign_tasks(
    *, task_ids: Iterable[int], actor: Actor, now: datetime.datetime
) -> tuple[list[PolicyTask], list[Refused]]:
    """Give out those that can be; the others come back with their reason (批量下达)."""
    given: list[PolicyTask] = []
    refused: list[Refused] = []
    for task_id in task_ids:
        try:
            given.append(assign_task(task_id=task_id, actor=actor, now=now))
        except DomainError as refusal:
            task = PolicyTask.objects.get(pk=task_id)
            refused.append(Refused(task=task, sentence=refusal.sentence))
    return given, refused


@transaction.atomic
def cancel_task(*, task_id: int, reason: str, actor: Actor) -> PolicyTask:
    """Take a task off the ledger, with reason; it stays to be read (取消任务)."""
    task = kept_task(task_id=task_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明取消任务的原因。", field="reason")
    if task.parts.filter(state__in=sorted(OPEN_STATES)).exists():
        raise DomainError("任务还有未办结的子任务，请先取消或办结子任务。")
    task.state = steps.target("cancel", state=TaskState(task.state))
    task.cancel_reason = reason[:300]
    task.cancel_proposal = ""
    task.save(update_fields=["state", "cancel_reason", "cancel_proposal"])
    record(actor, "policy_tasks.task.cancelled", task, reason=reason)
    publish(TaskCancelled(task_id=task.pk))
    return task


@transaction.atomic
def keep_task(*, task_id: int, actor: Actor) -> PolicyTask:
    """Keep a task whose cancelling was proposed (保留任务)."""
    task = kept_task(task_id=task_id, actor=actor)
    if not task.cancel_proposal:
        raise WrongState("这项任务没有取消建议。")
    task.cancel_proposal = ""
    task.save(update_fields=["cancel_proposal"])
    record(actor, "policy_tasks.task.kept", task)
    return task
