"""The life of a list item (清单事项流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.policy_tasks.choices import ListState as S
from silian.governance.policy_tasks.rules.lists import reason_not_claimable, reason_not_closable

list_item = Workflow(
    [
        Transition(
            name="claim",
            label="申请销号",
            sources=frozenset({S.OPEN}),
            target=S.CLAIMED,
            guard=reason_not_claimable,
        ),
        Transition(name="return", label="退回", sources=frozenset({S.CLAIMED}), target=S.OPEN),
        Transition(
            name="close",
            label="销号",
            sources=frozenset({S.CLAIMED}),
            target=S.CLOSED,
            guard=reason_not_closable,
        ),
        Transition(
            name="reopen",
            label="重新打开",
            sources=frozenset({S.CLOSED, S.DROPPED}),
            target=S.OPEN,
        ),
        Transition(name="drop", label="撤下", sources=frozenset({S.OPEN}), target=S.DROPPED),
    ]
)
