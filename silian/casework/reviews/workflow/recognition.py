"""The life of a recognition (认定流程): built up, certified, warned, suspended, ended."""

from __future__ import annotations

import datetime

from silian.casework.reviews.choices.recognitions import RecognitionState as S
from silian.foundation.kernel.workflow import Transition, Workflow

LIVING = frozenset({S.INCUBATING, S.CERTIFIED, S.WARNED, S.SUSPENDED})


def reason_not_certifiable(
    *, earliest_on: datetime.date | None, on: datetime.date, open_duties: int
) -> str | None:
    """Built up long enough, with every duty done (培育期满、义务完成).

    Basis: 发改社会〔2019〕590号 for enterprises: at least a year before certification.
    """
    if earliest_on and on < earliest_on:
        return f"建设培育未满期，最早 {earliest_on:%Y年%m月%d日} 才能认定。"
    if open_duties:
        return f"还有 {open_duties} 项到期义务没有完成，不能认定。"
    return None


recognition = Workflow(
    [
        Transition(
            name="certify",
            label="认定",
            sources=frozenset({S.INCUBATING}),
            target=S.CERTIFIED,
            guard=reason_not_certifiable,
        ),
        Transition(
            name="warn",
            label="警示",
            sources=frozenset({S.CERTIFIED, S.INCUBATING}),
            target=S.WARNED,
        ),
        Transition(
            name="suspend",
            label="暂停资格",
            sources=frozenset({S.CERTIFIED, S.INCUBATING, S.WARNED}),
            target=S.SUSPENDED,
        ),
        Transition(
            name="reinstate",
            label="恢复为认定",
            sources=frozenset({S.WARNED, S.SUSPENDED}),
            target=S.CERTIFIED,
        ),
        Transition(
            name="resume_incubation",
            label="恢复为培育",
            sources=frozenset({S.WARNED, S.SUSPENDED}),
            target=S.INCUBATING,
        ),
        Transition(
            name="extend", label="延续", sources=frozenset({S.CERTIFIED}), target=S.CERTIFIED
        ),
        Transition(name="remove", label="取消资格", sources=LIVING, target=S.REMOVED),
        Transition(
            name="expire",
            label="到期",
            sources=frozenset({S.CERTIFIED, S.WARNED, S.SUSPENDED}),
            target=S.EXPIRED,
        ),
        Transition(name="leave", label="主动退出", sources=LIVING, target=S.WITHDRAWN),
    ]
)
