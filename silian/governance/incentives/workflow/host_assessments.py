"""The life of a yearly assessment: proposed, heard, decided (年度考核流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.incentives.choices.assessments import AssessmentState as S
from silian.governance.incentives.rules.host_assessments import (
    reason_not_decidable,
    reason_not_proposable,
    reason_not_repliable,
)

host_assessment = Workflow(
    [
        Transition(
            name="propose",
            label="拟定通过",
            sources=frozenset({S.DRAFT, S.NOTICED}),
            target=S.DRAFT,
            guard=reason_not_proposable,
        ),
        Transition(
            name="notice",
            label="告知拟不通过",
            sources=frozenset({S.DRAFT, S.NOTICED}),
            target=S.NOTICED,
            guard=reason_not_proposable,
        ),
        Transition(
            name="reply",
            label="陈述",
            sources=frozenset({S.NOTICED}),
            target=S.NOTICED,
            guard=reason_not_repliable,
        ),
        Transition(
            name="pass",
            label="认定通过",
            sources=frozenset({S.DRAFT, S.NOTICED}),
            target=S.PASSED,
            guard=reason_not_decidable,
        ),
        Transition(
            name="fail",
            label="认定未通过",
            sources=frozenset({S.NOTICED}),
            target=S.FAILED,
            guard=reason_not_decidable,
        ),
        Transition(
            name="reopen",
            label="重新考核",
            sources=frozenset({S.PASSED, S.FAILED}),
            target=S.DRAFT,
        ),
    ]
)
