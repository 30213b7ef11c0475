"""What coordinating bodies tell the floor above."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class DecisionMade(Event):
    """A decision has been signed off; it becomes a task (决定已签发)."""

    decision_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionRevoked(Event):
    decision_id: int
    reason: str
