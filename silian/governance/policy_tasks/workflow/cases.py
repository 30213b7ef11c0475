"""The life of an experience case (经验案例流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.policy_tasks.choices import CaseState as S
from silian.governance.policy_tasks.rules.cases import (
    reason_case_not_publishable,
    reason_case_not_submittable,
)

experience_case = Workflow(
    [
        Transition(
            name="submit",
            label="报送",
            sources=frozenset({S.DRAFT, S.RETURNED}),
            target=S.SUBMITTED,
            guard=reason_case_not_submittable,
        ),
        Transition(name="recall", label="收回", sources=frozenset({S.SUBMITTED}), target=S.DRAFT),
        Transition(
            name="return", label="退回修改", sources=frozenset({S.SUBMITTED}), target=S.RETURNED
        ),
        Transition(
            name="publish",
            label="发布",
            sources=frozenset({S.SUBMITTED}),
            target=S.PUBLISHED,
            guard=reason_case_not_publishable,
        ),
        Transition(
            name="withdraw", label="撤下", sources=frozenset({S.PUBLISHED}), target=S.WITHDRAWN
        ),
    ]
)
