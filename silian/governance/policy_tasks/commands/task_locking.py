"""Take a task for a step: locked, and only by who may take the step."""

from __future__ import annotations

from silian.foundation.kernel.actors import Actor
from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.permissions.tasks import (
    require_keeper,
    require_lead,
    tasks_visible_to,
)


def locked_task(*, task_id: int, actor: Actor) -> PolicyTask:
    """A task that the actor sees, locked until the end of the transaction."""
    rows = tasks_visible_to(actor).select_related("lead")
    return rows.select_for_update(of=("self",)).get(pk=task_id)


def kept_task(*, task_id: int, actor: Actor) -> PolicyTask:
    """A locked task that the actor's unit keeps (统筹单位)."""
    task = locked_task(task_id=task_id, actor=actor)
    if not actor.is_system:
        require_keeper(actor, task)
    return task


def led_task(*, task_id: int, actor: Actor) -> PolicyTask:
    """A locked task that the actor's unit leads (牵头单位)."""
    task = locked_task(task_id=task_id, actor=actor)
    require_lead(actor, task)
    return task
