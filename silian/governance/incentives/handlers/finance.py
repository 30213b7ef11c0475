"""Tells owners, providers and officials of talks, pitches and recommendations."""

from __future__ import annotations

from silian.foundation.kernel.events import subscribe
from silian.governance.incentives.commands import finance_notices
from silian.governance.incentives.events.finance import (
    AnswerMoved,
    PitchMoved,
    RecommendationMoved,
)


@subscribe(AnswerMoved)
def tell_of_answer(event: AnswerMoved) -> None:
    finance_notices.tell_of_answer(answer_id=event.answer_id, state=event.state)


@subscribe(PitchMoved)
def tell_of_pitch(event: PitchMoved) -> None:
    finance_notices.tell_of_pitch(pitch_id=event.pitch_id, state=event.state)


@subscribe(RecommendationMoved)
def tell_of_recommendation(event: RecommendationMoved) -> None:
    finance_notices.tell_of_recommendation(
        recommendation_id=event.recommendation_id, state=event.state
    )
