"""The life of a proceeding to take a recognition away (取消认定程序)."""

from __future__ import annotations

import datetime

from silian.casework.reviews.choices.recognitions import RemovalState as S
from silian.foundation.kernel.workflow import Transition, Workflow


def reason_not_replyable(*, reply_by: datetime.date, on: datetime.date) -> str | None:
    """The holder speaks within the days given (陈述期限)."""
    if on > reply_by:
        return f"陈述期限已于 {reply_by:%Y年%m月%d日} 届满。请直接联系办理单位。"
    return None


def reason_not_decidable(
    *, has_replied: bool, reply_by: datetime.date, on: datetime.date, is_proposer: bool
) -> str | None:
    """Nobody loses a status without having been heard, nor by one person alone (听取陈述).

    Basis: 依法行政: 作出不利决定前，应当听取当事人的陈述和申辩.
    """
    if is_proposer:
        return "提出取消的人不能作决定。请由本单位另一位统筹或审核人员决定。"
    if not has_replied and on <= reply_by:
        return f"对方还可以陈述到 {reply_by:%Y年%m月%d日}。收到陈述或期满后才能决定。"
    return None


removal = Workflow(
    [
        Transition(
            name="take_up", label="核实并告知", sources=frozenset({S.SUGGESTED}), target=S.NOTICED
        ),
        Transition(
            name="reply",
            label="陈述申辩",
            sources=frozenset({S.NOTICED}),
            target=S.REPLIED,
            guard=reason_not_replyable,
        ),
        Transition(
            name="uphold",
            label="决定取消",
            sources=frozenset({S.NOTICED, S.REPLIED}),
            target=S.UPHELD,
            guard=reason_not_decidable,
        ),
        Transition(
            name="drop",
            label="不予取消",
            sources=frozenset({S.SUGGESTED, S.NOTICED, S.REPLIED}),
            target=S.DROPPED,
        ),
    ]
)
