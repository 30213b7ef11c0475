"""What happens to supervision orders, told to others."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class FindingIssued(Event):
    finding_id: int


@dataclass(frozen=True, kw_only=True)
class FindingAnswered(Event):
    finding_id: int
    answer_id: int


@dataclass(frozen=True, kw_only=True)
class FindingReturned(Event):
    finding_id: int
    answer_id: int


@dataclass(frozen=True, kw_only=True)
class FindingClosed(Event):
    """The supervisor accepted what the body answered."""

    finding_id: int


@dataclass(frozen=True, kw_only=True)
class FindingCancelled(Event):
    finding_id: int


@dataclass(frozen=True, kw_only=True)
class FindingDueSoon(Event):
    finding_id: int


@dataclass(frozen=True, kw_only=True)
class FindingEscalated(Event):
    """No answer came in time; the leaders are told."""

    finding_id: int


@dataclass(frozen=True, kw_only=True)
class AccountabilityRecorded(Event):
    record_id: int


@dataclass(frozen=True, kw_only=True)
class AccountabilityReplied(Event):
    record_id: int


@dataclass(frozen=True, kw_only=True)
class AccountabilitySettled(Event):
    record_id: int
