"""The life of a batch (批次流程)."""

from __future__ import annotations

import datetime

from silian.casework.reviews.choices.dossiers import CampaignState as S
from silian.foundation.kernel.workflow import Transition, Workflow


def reason_not_announceable(*, closes_on: datetime.date, on: datetime.date) -> str | None:
    """A call must leave time to apply (申报期未过)."""
    if closes_on <= on:
        return "申报截止日已过，不能发布。请先改申报时间。"
    return None


def reason_not_closable(*, closes_on: datetime.date, on: datetime.date) -> str | None:
    """Nobody shortens a call that was published (不得提前截止)."""
    if on < closes_on:
        return f"申报期到 {closes_on:%Y年%m月%d日} 才结束，不能提前截止。"
    return None


def reason_not_ready(*, open_dossiers: int) -> str | None:
    """Every dossier has come to the same point (全部到齐)."""
    if open_dossiers:
        return f"还有 {open_dossiers} 份申报材料没有办到这一步。请先办理，或写明理由不通过。"
    return None


campaign = Workflow(
    [
        Transition(
            name="announce",
            label="发布申报通知",
            sources=frozenset({S.DRAFT}),
            target=S.OPEN,
            guard=reason_not_announceable,
        ),
        Transition(
            name="close",
            label="截止申报",
            sources=frozenset({S.OPEN}),
            target=S.REVIEWING,
            guard=reason_not_closable,
        ),
        Transition(
            name="rank",
            label="排序并提交审定",
            sources=frozenset({S.REVIEWING}),
            target=S.DECIDING,
            guard=reason_not_ready,
        ),
        Transition(
            name="notice",
            label="公示",
            sources=frozenset({S.DECIDING}),
            target=S.NOTICED,
            guard=reason_not_ready,
        ),
        Transition(
            name="conclude",
            label="公布结果",
            sources=frozenset({S.NOTICED}),
            target=S.CONCLUDED,
            guard=reason_not_ready,
        ),
        Transition(
            name="cancel",
            label="取消批次",
            sources=frozenset({S.DRAFT, S.OPEN, S.REVIEWING}),
            target=S.CANCELLED,
        ),
    ]
)
