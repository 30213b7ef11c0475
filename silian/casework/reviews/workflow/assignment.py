"""The life of one expert's task (评审任务流程)."""

from __future__ import annotations

from silian.casework.reviews.choices.judging import AssignmentState as S
from silian.foundation.kernel.workflow import Transition, Workflow


def reason_not_independent(*, conflicts: list[str]) -> str | None:
    """An expert without a tie to the applicant (无利害关系)."""
    if conflicts:
        return f"您与申报单位有利害关系（{'；'.join(conflicts)}），应当回避，不能评审。"
    return None


assignment = Workflow(
    [
        Transition(
            name="accept",
            label="申明无利害关系并接受",
            sources=frozenset({S.INVITED}),
            target=S.ACCEPTED,
            guard=reason_not_independent,
        ),
        Transition(
            name="recuse",
            label="申明利害关系并回避",
            sources=frozenset({S.INVITED, S.ACCEPTED}),
            target=S.CONFLICTED,
        ),
        Transition(
            name="decline", label="不能参加", sources=frozenset({S.INVITED}), target=S.DECLINED
        ),
        Transition(
            name="submit",
            label="提交评分",
            sources=frozenset({S.ACCEPTED}),
            target=S.SUBMITTED,
            guard=reason_not_independent,
        ),
        Transition(
            name="lapse",
            label="逾期未评",
            sources=frozenset({S.INVITED, S.ACCEPTED}),
            target=S.LAPSED,
        ),
    ]
)
