"""What happens to tasks, told to others."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class TaskAssigned(Event):
    """A task has been assigned to its leading unit (任务已下达)."""

    task_id: int


@dataclass(frozen=True, kw_only=True)
class TaskBlocked(Event):
    """A unit says that its task is blocked (任务受阻)."""

    task_id: int
    report_id: int


@dataclass(frozen=True, kw_only=True)
class TaskClaimed(Event):
    """The leading unit asks to have a task taken as done (申请办结)."""

    task_id: int
    report_id: int


@dataclass(frozen=True, kw_only=True)
class TaskClaimDecided(Event):
    """A claim has been confirmed or returned (办结申请已处理)."""

    task_id: int
    report_id: int


@dataclass(frozen=True, kw_only=True)
class TaskCancelled(Event):
    """A task has been cancelled (任务已取消)."""

    task_id: int


@dataclass(frozen=True, kw_only=True)
class TaskHandedOver(Event):
    """A task has passed to the body that took over the duties (任务随职责划转)."""

    task_id: int
    from_body_id: int
    to_body_id: int
