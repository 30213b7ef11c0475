"""Facts about the use of evaluation results, told to the modules above."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ResultsCollected(Event):
    """Results of a region were read from their sources or entered (已归集评价结果)."""

    division: str


@dataclass(frozen=True, kw_only=True)
class RewardMoved(Event):
    """A decision on rewards was proposed, decided, published or ended (奖励事项变动)."""

    decision_id: int


@dataclass(frozen=True, kw_only=True)
class RestrictionMoved(Event):
    """A restriction was told, answered, decided, appealed or lifted (约束事项变动)."""

    restriction_id: int


@dataclass(frozen=True, kw_only=True)
class RewardMoneyMoved(Event):
    """The money of one unit was promised, ordered, changed or given back (奖励资金变动)."""

    candidate_id: int


@dataclass(frozen=True, kw_only=True)
class RewardRecoveryMoved(Event):
    """A recovery of a reward was told, answered, decided or settled (奖励收回变动)."""

    recovery_id: int


@dataclass(frozen=True, kw_only=True)
class RewardObjectionMoved(Event):
    """An objection to a list was raised, taken or answered (奖励公示异议变动)."""

    objection_id: int
