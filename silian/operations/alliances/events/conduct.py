"""What checks on service organisations tell others."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ConductCheckMoved(Event):
    """A check was planned, done, corrected or closed (规范运作检查变动)."""

    check_id: int
