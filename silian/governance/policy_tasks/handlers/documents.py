"""Tasks and targets follow what happens to documents, decisions and bodies."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.events import subscribe
from silian.governance.policy_tasks.choices import TaskState
from silian.governance.policy_tasks.commands.target_drafting import (
    carry_targets_over,
    draft_targets_of_document,
)
from silian.governance.policy_tasks.commands.target_measuring import keep_lights
from silian.governance.policy_tasks.commands.task_drafting import (
    draft_task_of_decision,
    draft_tasks_of_document,
)
from silian.governance.policy_tasks.commands.task_versions import (
    carry_tasks_over,
    end_tasks_of_decision,
    hand_tasks_over,
)
from silian.governance.policy_tasks.models import PolicyTask, Target
from silian.governance.policy_tasks.queries.task_people import keeper_ids
from silian.operations.alliances.events.coordination import DecisionMade, DecisionRevoked
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.policies.events import BodyHandedOver, PolicyIssued, PolicySuperseded
from silian.registers.policies.models import PolicyDocument


@subscribe(PolicyIssued)
def make_ledger(event: PolicyIssued) -> None:
    """A new version first takes over what stays; then drafts are made of what is new."""
    document = PolicyDocument.objects.get(pk=event.document_id)
    if document.supersedes_id:
        take_over(document.supersedes_id, document.pk)
    make_drafts(document.pk)


@subscribe(PolicySuperseded)
def move_ledger(event: PolicySuperseded) -> None:
    take_over(event.document_id, event.successor_id)
    make_drafts(event.successor_id)


def take_over(document_id: int, successor_id: int) -> None:
    today = timezone.localdate()
    actor = system_actor()
    carry_tasks_over(document_id=document_id, successor_id=successor_id, actor=actor, today=today)
    carry_targets_over(document_id=document_id, successor_id=successor_id, actor=actor, today=today)


def make_drafts(document_id: int) -> None:
    actor = system_actor()
    made = draft_tasks_of_document(document_id=document_id, actor=actor)
    draft_targets_of_document(document_id=document_id, actor=actor)
    targets = Target.objects.filter(document_id=document_id)
    keep_lights(targets.values_list("pk", flat=True), on=timezone.localdate())
    if made:
        tell_of_drafts(made)


def tell_of_drafts(tasks: list[PolicyTask]) -> None:
    first = tasks[0]
    unnamed = sum(task.lead_id is None for task in tasks)
    notify(
        user_ids=keeper_ids(first, on=timezone.localdate()),
        kind=NotificationKind.TASK,
        title=f"新增 {len(tasks)} 项待下达任务",
        detail=f"{first.document or first.title}，{unnamed} 项原文未写明牵头单位，请指定",
        url=reverse("policy_tasks:task_drafts"),
        key=f"task-drafts-{first.pk}",
    )


@subscribe(DecisionMade)
def make_task_of_decision(event: DecisionMade) -> None:
    task = draft_task_of_decision(decision_id=event.decision_id, actor=system_actor())
    if task.state == TaskState.DRAFT:
        tell_of_drafts([task])


@subscribe(DecisionRevoked)
def end_task_of_decision(event: DecisionRevoked) -> None:
    end_tasks_of_decision(
        decision_id=event.decision_id,
        reason=event.reason,
        actor=system_actor(),
        today=timezone.localdate(),
    )


@subscribe(BodyHandedOver)
def let_tasks_follow(event: BodyHandedOver) -> None:
    """A handover that lies ahead waits for its day; the daily job sees to it."""
    if event.handed_over_on <= timezone.localdate():
        hand_tasks_over(
            body_id=event.body_id,
            successor_id=event.successor_id,
            handed_over_on=event.handed_over_on,
            actor=system_actor(),
        )
