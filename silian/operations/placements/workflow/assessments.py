"""The life of an assessment: scored, shown to the student, final (实习考核)."""

from __future__ import annotations

import datetime

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.placements.choices.learning import (
    AssessmentState as S,
)


def reason_too_late(*, now: datetime.datetime, reply_due_at: datetime.datetime) -> str | None:
    """Why the student can no longer disagree, or None."""
    if now < reply_due_at:
        return None
    return f"提出异议的期限已于 {reply_due_at:%Y-%m-%d} 届满，可联系学校实习管理部门申诉。"


assessment = Workflow(
    [
        Transition(name="score", label="评分", sources=frozenset({S.OPEN}), target=S.OPEN),
        Transition(name="show", label="告知学生", sources=frozenset({S.OPEN}), target=S.SHOWN),
        Transition(name="agree", label="确认考核", sources=frozenset({S.SHOWN}), target=S.FINAL),
        Transition(
            name="disagree",
            label="提出异议",
            sources=frozenset({S.SHOWN}),
            target=S.DISAGREED,
            guard=reason_too_late,
        ),
        Transition(
            name="answer", label="答复异议", sources=frozenset({S.DISAGREED}), target=S.FINAL
        ),
        Transition(name="lapse", label="期满定稿", sources=frozenset({S.SHOWN}), target=S.FINAL),
    ]
)
