"""The life of a meeting (会议流程)."""

from __future__ import annotations

import datetime

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.alliances.choices.coordination import MeetingState as S


def reason_not_convenable(
    *, now: datetime.datetime, held_at: datetime.datetime, agenda: int
) -> str | None:
    """Why a meeting may not be called now, or None."""
    if not agenda:
        return "还没有议题，不能发通知。请先添加至少一个议题。"
    if held_at <= now:
        return f"会议时间 {held_at:%Y-%m-%d %H:%M} 已过，请先改到今后的时间。"
    return None


def reason_not_held(*, now: datetime.datetime, held_at: datetime.datetime) -> str | None:
    """Why a meeting cannot have been held, or None."""
    if now < held_at:
        return f"会议 {held_at:%Y-%m-%d %H:%M} 才开始，开始后才能登记召开。"
    return None


def reason_not_signable(*, minutes: str, signed_by: str) -> str | None:
    """Why minutes may not be signed, or None."""
    if not minutes.strip():
        return "纪要还没有内容，不能签发。请先写纪要。"
    if not signed_by.strip():
        return "请写明签发人。"
    return None


meeting = Workflow(
    [
        Transition(
            name="convene",
            label="发会议通知",
            sources=frozenset({S.PLANNED}),
            target=S.CONVENED,
            guard=reason_not_convenable,
        ),
        Transition(
            name="hold",
            label="登记召开",
            sources=frozenset({S.CONVENED}),
            target=S.HELD,
            guard=reason_not_held,
        ),
        Transition(
            name="sign",
            label="签发纪要",
            sources=frozenset({S.HELD}),
            target=S.MINUTED,
            guard=reason_not_signable,
        ),
        Transition(
            name="cancel",
            label="取消会议",
            sources=frozenset({S.PLANNED, S.CONVENED}),
            target=S.CANCELLED,
        ),
    ]
)
