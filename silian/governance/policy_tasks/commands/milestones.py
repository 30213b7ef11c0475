"""Dated steps of tasks, and dated goals without number."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.governance.policy_tasks.commands.task_locking import locked_task
from silian.governance.policy_tasks.models.tasks import Milestone
from silian.governance.policy_tasks.permissions.tasks import (
    coordinates,
    leads,
    may_keep,
    milestones_visible_to,
    require_keeper,
)


@transaction.atomic
def add_milestone(*, task_id: int, title: str, due_on: datetime.date, actor: Actor) -> Milestone:
    """Add a dated step to a task (添加节点)."""
    task = locked_task(task_id=task_id, actor=actor)
    if not leads(actor, task):
        require_keeper(actor, task)
    if task.due_on and due_on > task.due_on:
        raise DomainError(f"节点期限不能晚于任务期限 {task.due_on:%Y-%m-%d}。", field="due_on")
    milestone = Milestone.objects.create(
        division_id=task.division_id, task=task, title=title, due_on=due_on
    )
    record(actor, "policy_tasks.milestone.added", task, detail={"milestone": milestone.pk})
    return milestone


@transaction.atomic
def reach_milestone(
    *, milestone_id: int, reached_on: datetime.date, evidence: str, actor: Actor
) -> Milestone:
    """Note that a step or a goal has been reached, and on what ground (登记节点完成)."""
    milestone = milestones_visible_to(actor).select_for_update(of=("self",)).get(pk=milestone_id)
    if not may_reach(actor, milestone):
        raise NotAllowed("节点由任务的牵头单位或统筹单位登记，请联系牵头单位。")
    if milestone.reached_on is not None:
        raise WrongState("这个节点已登记完成。")
    if not evidence.strip():
        raise DomainError("请写明完成的依据，如文件名称、验收结论。", field="evidence")
    milestone.reached_on = reached_on
    milestone.evidence = evidence.strip()[:300]
    milestone.reached_by_id = actor.user_id
    milestone.save(update_fields=["reached_on", "evidence", "reached_by"])
    record(actor, "policy_tasks.milestone.reached", milestone, reason=evidence)
    return milestone


def may_reach(actor: Actor, milestone: Milestone) -> bool:
    """Whether the actor says that the step is reached."""
    if milestone.task is None:
        return coordinates(actor) and actor.covers(milestone.division_id)
    return leads(actor, milestone.task) or may_keep(actor, milestone.task)
