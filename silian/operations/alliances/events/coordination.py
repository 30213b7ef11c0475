"""What coordinating bodies tell others."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class MeetingConvened(Event):
    """Members have been called to a meeting, or told of a new time or place (会议已通知)."""

    meeting_id: int
    changed: bool


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(Event):
    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionMade(Event):
    """A decision has been signed off; it becomes a task (决定已签发)."""

    decision_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionRevoked(Event):
    decision_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class EscalationRaised(Event):
    escalation_id: int


@dataclass(frozen=True, kw_only=True)
class EscalationAnswered(Event):
    escalation_id: int
