"""What financing, recommendations and funds tell others."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class AnswerMoved(Event):
    """A need and a product came to another state (对接状态变化)."""

    answer_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class FinanceMoneyMoved(Event):
    """Money of an answer was recorded or corrected (资金发放变动)."""

    answer_id: int


@dataclass(frozen=True, kw_only=True)
class NeedConsented(Event):
    """An owner lets providers see a need (授权展示融资需求)."""

    need_id: int


@dataclass(frozen=True, kw_only=True)
class RecommendationMoved(Event):
    """A project was proposed, approved, returned, issued or removed (推荐状态变化)."""

    recommendation_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class PitchMoved(Event):
    """What was handed to a fund came to another state (投递状态变化)."""

    pitch_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class InvestmentMoved(Event):
    """Money of a pitch was recorded or corrected (投资变动)."""

    pitch_id: int
