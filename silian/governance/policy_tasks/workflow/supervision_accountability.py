"""The life of an accountability record (问责记录流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.policy_tasks.choices import AccountabilityState as S
from silian.governance.policy_tasks.rules.supervision import (
    reason_not_settleable,
    reason_reply_too_late,
)

accountability = Workflow(
    [
        Transition(
            name="reply",
            label="申辩",
            sources=frozenset({S.TOLD}),
            target=S.REPLIED,
            guard=reason_reply_too_late,
        ),
        Transition(
            name="uphold",
            label="维持",
            sources=frozenset({S.TOLD, S.REPLIED}),
            target=S.UPHELD,
            guard=reason_not_settleable,
        ),
        Transition(
            name="revoke",
            label="撤销",
            sources=frozenset({S.TOLD, S.REPLIED, S.UPHELD}),
            target=S.REVOKED,
        ),
    ]
)
