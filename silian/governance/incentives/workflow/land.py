"""The life of a land case (用地事项流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.incentives.choices.land import LandState as S
from silian.governance.incentives.rules.land import (
    reason_mode_closed,
    reason_not_complete,
    reason_not_own_plan,
)

land_case = Workflow(
    [
        Transition(
            name="complete",
            label="确认材料齐",
            sources=frozenset({S.REGISTERED}),
            target=S.COMPLETE,
            guard=reason_not_complete,
        ),
        Transition(
            name="plan",
            label="拟订供地方案",
            sources=frozenset({S.COMPLETE}),
            target=S.PLANNED,
            guard=reason_mode_closed,
        ),
        Transition(
            name="approve",
            label="登记批准",
            sources=frozenset({S.PLANNED}),
            target=S.APPROVED,
            guard=reason_not_own_plan,
        ),
        Transition(
            name="refuse",
            label="登记不批准",
            sources=frozenset({S.PLANNED}),
            target=S.REFUSED,
            guard=reason_not_own_plan,
        ),
        Transition(
            name="supply", label="登记供地", sources=frozenset({S.APPROVED}), target=S.SUPPLIED
        ),
        Transition(
            name="hand_over",
            label="登记交地",
            sources=frozenset({S.SUPPLIED}),
            target=S.HANDED_OVER,
        ),
        Transition(
            name="withdraw",
            label="撤回",
            sources=frozenset({S.REGISTERED, S.COMPLETE, S.PLANNED}),
            target=S.WITHDRAWN,
        ),
    ]
)
