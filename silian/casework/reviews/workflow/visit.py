"""The life of a site visit (实地核查流程): one writes, everybody who went signs."""

from __future__ import annotations

from silian.casework.reviews.choices.judging import VisitState as S
from silian.foundation.kernel.workflow import Transition, Workflow


def reason_not_complete(*, unsigned: int) -> str | None:
    """Everybody who went has signed (共同签字)."""
    if unsigned:
        return f"还有 {unsigned} 位核查人员没有签字。"
    return None


visit = Workflow(
    [
        Transition(
            name="report",
            label="提交核查情况",
            sources=frozenset({S.PLANNED, S.REPORTED}),
            target=S.REPORTED,
        ),
        Transition(
            name="finish",
            label="共同签字完成",
            sources=frozenset({S.REPORTED}),
            target=S.DONE,
            guard=reason_not_complete,
        ),
        Transition(
            name="cancel",
            label="取消核查",
            sources=frozenset({S.PLANNED, S.REPORTED}),
            target=S.CANCELLED,
        ),
    ]
)
