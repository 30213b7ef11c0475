"""Facts about experts, their tasks and site visits."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ExpertChanged(Event):
    """An expert was proposed, admitted, paused or left (专家库变动); ``state`` is the new one."""

    expert_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class TaskChanged(Event):
    """An expert accepted, gave back, handed in or missed a task (评审任务变动)."""

    assignment_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class PoolExhausted(Event):
    """A dossier lacks experts and nobody is left to draw (专家不足)."""

    dossier_id: int
    missing: int


@dataclass(frozen=True, kw_only=True)
class ScoresOpened(Event):
    """All experts of a dossier handed in (评分到齐)."""

    dossier_id: int


@dataclass(frozen=True, kw_only=True)
class VisitChanged(Event):
    """A site visit was planned, written up, signed or called off (实地核查变动)."""

    visit_id: int
    state: str
