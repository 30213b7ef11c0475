"""The life of a finding on its rectification order (督办单流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.policy_tasks.choices import FindingState as S
from silian.governance.policy_tasks.rules.supervision import reason_not_judgeable

finding = Workflow(
    [
        Transition(name="receive", label="签收", sources=frozenset({S.ISSUED}), target=S.RECEIVED),
        Transition(
            name="answer",
            label="答复",
            sources=frozenset({S.RECEIVED}),
            target=S.ANSWERED,
        ),
        Transition(
            name="return",
            label="退回整改",
            sources=frozenset({S.ANSWERED}),
            target=S.RECEIVED,
            guard=reason_not_judgeable,
        ),
        Transition(
            name="accept",
            label="认可办结",
            sources=frozenset({S.ANSWERED}),
            target=S.CLOSED,
            guard=reason_not_judgeable,
        ),
        Transition(
            name="cancel",
            label="撤销",
            sources=frozenset({S.ISSUED, S.RECEIVED, S.ANSWERED}),
            target=S.CANCELLED,
        ),
    ]
)
