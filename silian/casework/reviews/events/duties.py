"""Facts about duties, removals and re-checks."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class DutySubmitted(Event):
    """A holder sent in a duty (提交义务事项)."""

    duty_id: int


@dataclass(frozen=True, kw_only=True)
class DutyChecked(Event):
    """A duty was passed or returned (审查义务事项)."""

    duty_id: int


@dataclass(frozen=True, kw_only=True)
class RemovalMoved(Event):
    """A proceeding to take a recognition away came to another state (取消认定程序)."""

    removal_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class RecheckConfirmed(Event):
    """An official confirmed a yearly re-check (确认年度复核)."""

    recheck_id: int
