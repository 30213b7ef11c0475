"""What happens to tasks when a document gets a new version or a body hands its duties over."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.events import publish
from silian.governance.policy_tasks.choices import OPEN_STATES, ChangeKind, TaskState
from silian.governance.policy_tasks.commands.task_assigning import cancel_task, note
from silian.governance.policy_tasks.events.tasks import TaskHandedOver
from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.models.tasks import TaskBody
from silian.governance.policy_tasks.rules.tasks import same_words
from silian.registers.policies.models import Clause, PolicyBody, PolicyDocument

UNFINISHED = sorted(OPEN_STATES | {TaskState.DRAFT})


@transaction.atomic
def carry_tasks_over(
    *, document_id: int, successor_id: int, actor: Actor, today: datetime.date
) -> list[PolicyTask]:
    """Move the tasks of clauses that stay on to the new version (任务转入新版).

    A task whose clause is gone is proposed for cancelling; people decide. Reports, lead and
    history stay with the task.
    """
    old = PolicyDocument.objects.select_for_update().get(pk=document_id)
    new = PolicyDocument.objects.get(pk=successor_id)
    clauses = list(new.clauses.filter(is_task=True).order_by("order"))
    moved = []
    tasks = old.tasks.filter(parent__isnull=True, state__in=UNFINISHED).select_related("clause")
    for task in tasks.order_by("pk"):
        heir = heir_of(task.clause, clauses)
        if heir is None:
            why = f"新版文件 {versioned(new)} 已无对应条款"
            propose_cancelling(task, why=why, actor=actor, today=today)
        else:
            clauses.remove(heir)
            move_task(task, heir=heir, old=old, new=new, actor=actor, today=today)
            moved.append(task)
    return moved


def heir_of(clause: Clause | None, clauses: list[Clause]) -> Clause | None:
    """The clause of the new version that says the same, else the one with the same heading."""
    if clause is None:
        return None
    same = (row for row in clauses if same_words(row.text, clause.text))
    named = (row for row in clauses if clause.heading and same_words(row.heading, clause.heading))
    return next(same, None) or next(named, None)


def move_task(
    task: PolicyTask,
    *,
    heir: Clause,
    old: PolicyDocument,
    new: PolicyDocument,
    actor: Actor,
    today: datetime.date,
) -> None:
    changed = task.clause is not None and not same_words(heir.text, task.clause.text)
    why = "条款文字有改动，请核对任务内容、责任单位和期限" if changed else "条款文字未变"
    PolicyTask.objects.filter(parent=task).update(document=new, clause=heir)
    task.document = new
    task.clause = heir
    task.save(update_fields=["document", "clause"])
    note(
        task,
        ChangeKind.NEW_VERSION,
        versioned(old),
        versioned(new),
        why,
        actor=actor,
        on=today,
    )
    record(actor, "policy_tasks.task.moved", task, reason=why)


def versioned(document: PolicyDocument) -> str:
    return f"{document.reference}（第 {document.version} 版）"


def propose_cancelling(task: PolicyTask, *, why: str, actor: Actor, today: datetime.date) -> None:
    """Ask the keeper whether a task that lost its ground ends (建议取消)."""
    if task.cancel_proposal:
        return
    task.cancel_proposal = why[:200]
    task.save(update_fields=["cancel_proposal"])
    note(task, ChangeKind.CANCEL_PROPOSED, "", "", why, actor=actor, on=today)
    record(actor, "policy_tasks.task.cancel_proposed", task, reason=why)


@transaction.atomic
def end_tasks_of_decision(
    *, decision_id: int, reason: str, actor: Actor, today: datetime.date
) -> None:
    """A revoked decision ends its draft; a task given out waits for its keeper (决定撤销)."""
    why = f"会议决定已撤销：{reason}" if reason else "会议决定已撤销"
    tasks = PolicyTask.objects.select_for_update().filter(
        decision_id=decision_id, parent__isnull=True, state__in=UNFINISHED
    )
    for task in tasks:
        if task.state == TaskState.DRAFT:
            cancel_task(task_id=task.pk, reason=why, actor=actor)
        else:
            propose_cancelling(task, why=why, actor=actor, today=today)


@transaction.atomic
def hand_tasks_over(
    *, body_id: int, successor_id: int, handed_over_on: datetime.date, actor: Actor
) -> list[PolicyTask]:
    """Let unfinished tasks follow the duties to the successor (任务随职责划转).

    What was finished before the day stays with the body that finished it.
    """
    old = PolicyBody.objects.get(pk=body_id)
    new = PolicyBody.objects.get(pk=successor_id)
    led = PolicyTask.objects.select_for_update().filter(lead=old, state__in=UNFINISHED)
    shared = PolicyTask.objects.filter(bodies__body=old, state__in=UNFINISHED).distinct()
    followed = list(led.order_by("pk"))
    for task in followed:
        task.lead = new
        task.owner = None
        task.save(update_fields=["lead", "owner"])
        task.bodies.filter(body=new).delete()
        tell_handover(task, old=old, new=new, on=handed_over_on, actor=actor)
    for task in shared.order_by("pk"):
        replace_sharing(task, old=old, new=new)
        note_handover(task, old=old, new=new, on=handed_over_on, actor=actor)
        followed.append(task)
    return followed


def replace_sharing(task: PolicyTask, *, old: PolicyBody, new: PolicyBody) -> None:
    """The successor takes the place of the body, unless it is in the task already."""
    if task.lead_id == new.pk or task.bodies.filter(body=new).exists():
        TaskBody.objects.filter(task=task, body=old).delete()
    else:
        TaskBody.objects.filter(task=task, body=old).update(body=new)


def tell_handover(
    task: PolicyTask, *, old: PolicyBody, new: PolicyBody, on: datetime.date, actor: Actor
) -> None:
    note_handover(task, old=old, new=new, on=on, actor=actor)
    publish(TaskHandedOver(task_id=task.pk, from_body_id=old.pk, to_body_id=new.pk))


def note_handover(
    task: PolicyTask, *, old: PolicyBody, new: PolicyBody, on: datetime.date, actor: Actor
) -> None:
    reason = f"自 {on:%Y-%m-%d} 起职责划入{new.name}"
    note(task, ChangeKind.HANDED_OVER, old.name, new.name, reason, actor=actor, on=on)
    record(actor, "policy_tasks.task.handed_over", task, reason=reason)
