"""The life of a recommendation to the banks (推荐项目)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.incentives.choices.finance import RecommendationState
from silian.governance.incentives.rules.finance_eligibility import reason_not_approvable

S = RecommendationState
LIVING = frozenset({S.PROPOSED, S.APPROVED, S.ISSUED})

project_recommendation = Workflow(
    [
        Transition(
            name="approve",
            label="审定",
            sources=frozenset({S.PROPOSED}),
            target=S.APPROVED,
            guard=reason_not_approvable,
        ),
        Transition(name="return", label="退回", sources=frozenset({S.PROPOSED}), target=S.RETURNED),
        Transition(name="issue", label="发布", sources=frozenset({S.APPROVED}), target=S.ISSUED),
        Transition(
            name="remove",
            label="移出名单",
            sources=frozenset({S.APPROVED, S.ISSUED}),
            target=S.REMOVED,
        ),
    ]
)
