"""Facts of the training fund, of competitions, promotions and awards."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CallIssued(Event):
    """A notice went out, or reached more enterprises (通知已下发)."""

    call_id: int


@dataclass(frozen=True, kw_only=True)
class FundReturnMoved(Event):
    """A return came to another state (年度报告进展)."""

    return_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class CollectionMoved(Event):
    """A demand to collect came to another state (依法收取进展)."""

    collection_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class CompetitionMoved(Event):
    """A competition came to another state (技能竞赛进展)."""

    competition_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class PromotionMoved(Event):
    """A promotion was entered, verified, refused or corrected (技能等级提升登记进展)."""

    promotion_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class AwardListMoved(Event):
    """An award list came to another state (奖补名单进展)."""

    list_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class AwardPaid(Event):
    """The bank paid one award (奖补已支付)."""

    award_id: int


@dataclass(frozen=True, kw_only=True)
class AwardReturned(Event):
    """Money of a paid award came back (奖补退汇)."""

    award_id: int
    division: str
    paid_on: datetime.date


@dataclass(frozen=True, kw_only=True)
class ObjectionRaised(Event):
    """Somebody objected to results or to a list (提出异议)."""

    objection_id: int
