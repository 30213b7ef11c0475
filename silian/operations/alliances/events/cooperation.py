"""What cooperation with other regions and countries tells others."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CooperationMoved(Event):
    """A project was registered, changed or moved to another stage (合作项目变动)."""

    project_id: int


@dataclass(frozen=True, kw_only=True)
class CooperationYearReported(Event):
    """The result of a year was reported (年度成效已报)."""

    project_id: int
    year: int
