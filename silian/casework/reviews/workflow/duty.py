"""The life of a duty of the recognised (义务事项流程)."""

from __future__ import annotations

from silian.casework.reviews.choices.recognitions import DutyState as S
from silian.foundation.kernel.workflow import Transition, Workflow

duty = Workflow(
    [
        Transition(
            name="submit",
            label="提交",
            sources=frozenset({S.DUE, S.RETURNED}),
            target=S.SUBMITTED,
        ),
        Transition(name="make_up", label="补交", sources=frozenset({S.MISSED}), target=S.SUBMITTED),
        Transition(name="pass", label="审查通过", sources=frozenset({S.SUBMITTED}), target=S.DONE),
        Transition(
            name="return", label="退回补充", sources=frozenset({S.SUBMITTED}), target=S.RETURNED
        ),
        Transition(
            name="miss",
            label="认定为未完成",
            sources=frozenset({S.DUE, S.RETURNED, S.SUBMITTED}),
            target=S.MISSED,
        ),
    ]
)
