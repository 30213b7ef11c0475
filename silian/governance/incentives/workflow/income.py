"""Lives of income projects, distribution plans and pay totals."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.incentives.choices.income import PayTotalState, PlanState, ProjectState
from silian.governance.incentives.rules.income import (
    reason_not_adoptable,
    reason_not_confirmable,
    reason_not_proposable,
    reason_same_person,
    reason_without_note,
)

income_project = Workflow(
    [
        Transition(
            name="confirm", label="确认", sources=frozenset({ProjectState.DRAFT}),
            target=ProjectState.CONFIRMED, guard=reason_not_confirmable,
        )
    ]
)  # fmt: skip
P = PlanState
distribution_plan = Workflow(
    [
        Transition(
            name="notice", label="校内公示", sources=frozenset({P.DRAFT}), target=P.NOTICED
        ),
        Transition(
            name="adopt", label="施行", sources=frozenset({P.NOTICED}), target=P.IN_FORCE,
            guard=reason_not_adoptable,
        ),
        Transition(
            name="withdraw", label="撤下修改", sources=frozenset({P.NOTICED}), target=P.WITHDRAWN,
        ),
        Transition(
            name="replace", label="被替代", sources=frozenset({P.IN_FORCE}), target=P.REPLACED
        ),
    ]
)  # fmt: skip
T = PayTotalState
pay_total = Workflow(
    [
        Transition(
            name="propose", label="报送", sources=frozenset({T.DRAFT}), target=T.PROPOSED,
            guard=reason_not_proposable,
        ),
        Transition(
            name="pass", label="人社核定", sources=frozenset({T.PROPOSED}), target=T.PASSED,
            guard=reason_same_person,
        ),
        Transition(
            name="approve", label="财政核定", sources=frozenset({T.PASSED}), target=T.APPROVED,
            guard=reason_same_person,
        ),
        Transition(
            name="return", label="退回", sources=frozenset({T.PROPOSED, T.PASSED}),
            target=T.DRAFT, guard=reason_without_note,
        ),
        Transition(
            name="replace", label="被更正", sources=frozenset({T.APPROVED}), target=T.REPLACED
        ),
    ]
)  # fmt: skip
