"""The life of a matchmaking event (对接活动流程)."""

from __future__ import annotations

import datetime

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.exchange.choices import EventState as S


def reason_not_announceable(
    *, now: datetime.datetime, signup_closes_at: datetime.datetime
) -> str | None:
    """Why an event may not be announced now, or None."""
    if signup_closes_at <= now:
        return "报名截止时间已过，不能发布。请先把报名截止和活动时间改到今后。"
    return None


def reason_not_held_yet(*, now: datetime.datetime, starts_at: datetime.datetime) -> str | None:
    """Why an event cannot have been held, or None."""
    if now < starts_at:
        return f"活动 {starts_at:%Y-%m-%d %H:%M} 才开始，开始后才能登记举办。"
    return None


match_event = Workflow(
    [
        Transition(
            name="announce",
            label="发布活动",
            sources=frozenset({S.DRAFT}),
            target=S.ANNOUNCED,
            guard=reason_not_announceable,
        ),
        Transition(
            name="close", label="截止报名", sources=frozenset({S.ANNOUNCED}), target=S.CLOSED
        ),
        Transition(
            name="hold",
            label="登记举办",
            sources=frozenset({S.ANNOUNCED, S.CLOSED}),
            target=S.HELD,
            guard=reason_not_held_yet,
        ),
        Transition(
            name="follow_up", label="办结跟进", sources=frozenset({S.HELD}), target=S.FOLLOWED_UP
        ),
        Transition(
            name="cancel",
            label="取消活动",
            sources=frozenset({S.DRAFT, S.ANNOUNCED, S.CLOSED}),
            target=S.CANCELLED,
        ),
    ]
)
