"""The life of a recovery: notice, reply, decision, way back (追回流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.incentives.choices.recovery import RecoveryState as S
from silian.governance.incentives.rules.recovery import (
    reason_not_droppable,
    reason_not_recoverable,
    reason_not_repliable,
)

recovery = Workflow(
    [
        Transition(
            name="reply",
            label="陈述申辩",
            sources=frozenset({S.NOTICED, S.REPLIED}),
            target=S.REPLIED,
            guard=reason_not_repliable,
        ),
        Transition(
            name="decide",
            label="决定追回",
            sources=frozenset({S.NOTICED, S.REPLIED}),
            target=S.DECIDED,
            guard=reason_not_recoverable,
        ),
        Transition(
            name="drop",
            label="不予追回",
            sources=frozenset({S.NOTICED, S.REPLIED}),
            target=S.DROPPED,
            guard=reason_not_droppable,
        ),
        Transition(
            name="revoke",
            label="复核后撤销",
            sources=frozenset({S.DECIDED, S.COLLECTING}),
            target=S.DROPPED,
        ),
        Transition(
            name="collect",
            label="确定收回方式",
            sources=frozenset({S.DECIDED, S.COLLECTING}),
            target=S.COLLECTING,
        ),
        Transition(
            name="settle",
            label="结清",
            sources=frozenset({S.DECIDED, S.COLLECTING}),
            target=S.SETTLED,
        ),
    ]
)
