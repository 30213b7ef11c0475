"""What happens to rounds and to the files and batches of many internships."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class RoundOpened(Event):
    """Students may name their posts (开放志愿)."""

    round_id: int


@dataclass(frozen=True, kw_only=True)
class RoundWishesClosed(Event):
    """No more wishes; hosts score those who named their posts (志愿截止)."""

    round_id: int


@dataclass(frozen=True, kw_only=True)
class RoundPublished(Event):
    """Every student may read where they go and why (公布分配结果)."""

    round_id: int
    run_id: int


@dataclass(frozen=True, kw_only=True)
class RoundClosed(Event):
    """The time for objections is over and all are answered (轮次结束)."""

    round_id: int


@dataclass(frozen=True, kw_only=True)
class RoundObjectionRaised(Event):
    """A student disagrees with a result (提出异议)."""

    objection_id: int


@dataclass(frozen=True, kw_only=True)
class RoundObjectionAnswered(Event):
    """The school answered an objection (答复异议)."""

    objection_id: int


@dataclass(frozen=True, kw_only=True)
class PlacementReminded(Event):
    """Those who have something to do about an internship are reminded of it (催办)."""

    reminder_ids: str
