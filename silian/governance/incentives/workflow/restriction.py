"""The life of a restriction (约束事项流程): told, heard, decided by another, open to appeal."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.incentives.choices.rewards import RestrictionState as S
from silian.governance.incentives.rules.rewards import (
    reason_appeal_late,
    reason_appeal_not_settled,
    reason_not_imposable,
    reason_reply_late,
)

restriction = Workflow(
    [
        Transition(
            name="reply",
            label="陈述",
            sources=frozenset({S.NOTICED}),
            target=S.REPLIED,
            guard=reason_reply_late,
        ),
        Transition(
            name="impose",
            label="决定约束",
            sources=frozenset({S.NOTICED, S.REPLIED}),
            target=S.IMPOSED,
            guard=reason_not_imposable,
        ),
        Transition(
            name="drop",
            label="不予约束",
            sources=frozenset({S.NOTICED, S.REPLIED}),
            target=S.DROPPED,
        ),
        Transition(
            name="appeal",
            label="申诉",
            sources=frozenset({S.IMPOSED}),
            target=S.APPEALED,
            guard=reason_appeal_late,
        ),
        Transition(
            name="uphold",
            label="维持",
            sources=frozenset({S.APPEALED}),
            target=S.UPHELD,
            guard=reason_appeal_not_settled,
        ),
        Transition(
            name="lift",
            label="撤销",
            sources=frozenset({S.APPEALED}),
            target=S.LIFTED,
            guard=reason_appeal_not_settled,
        ),
    ]
)
