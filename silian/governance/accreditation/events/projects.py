"""What projects and school projects tell others."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ProjectStageChanged(Event):
    """A project came to another stage, or its money moved (项目进入新环节)."""

    project_id: int


@dataclass(frozen=True, kw_only=True)
class ProjectMoneyMoved(Event):
    """Money of a project was allotted, paid or struck out (项目资金变动)."""

    project_id: int


@dataclass(frozen=True, kw_only=True)
class ProjectStepProposed(Event):
    """An applicant proposes the next stage (申请进入下一环节)."""

    step_id: int


@dataclass(frozen=True, kw_only=True)
class ProjectStepDecided(Event):
    """The leading department agreed or returned (环节已审定)."""

    step_id: int


@dataclass(frozen=True, kw_only=True)
class SchoolProjectChanged(Event):
    """A school project was reached or stopped (学校项目状态变化)."""

    project_id: int
