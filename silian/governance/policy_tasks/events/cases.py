"""What happens to experience cases, told to others."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CaseSubmitted(Event):
    case_id: int


@dataclass(frozen=True, kw_only=True)
class CaseReturned(Event):
    case_id: int


@dataclass(frozen=True, kw_only=True)
class CasePublished(Event):
    case_id: int


@dataclass(frozen=True, kw_only=True)
class CaseWithdrawn(Event):
    case_id: int


@dataclass(frozen=True, kw_only=True)
class CaseAdopted(Event):
    adoption_id: int


@dataclass(frozen=True, kw_only=True)
class RolloutProposed(Event):
    rollout_id: int


@dataclass(frozen=True, kw_only=True)
class RolloutDecided(Event):
    rollout_id: int
