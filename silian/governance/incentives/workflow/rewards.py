"""The life of a decision on rewards (奖励事项流程): proposed by one, decided by another."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.incentives.choices.rewards import RewardState as S
from silian.governance.incentives.rules.rewards import (
    reason_not_decidable,
    reason_not_publishable,
    reason_not_submittable,
)

reward_decision = Workflow(
    [
        Transition(name="compute", label="计算名单", sources=frozenset({S.DRAFT}), target=S.DRAFT),
        Transition(
            name="submit",
            label="提交审定",
            sources=frozenset({S.DRAFT}),
            target=S.PROPOSED,
            guard=reason_not_submittable,
        ),
        Transition(name="return", label="退回", sources=frozenset({S.PROPOSED}), target=S.DRAFT),
        Transition(
            name="approve",
            label="同意并公示",
            sources=frozenset({S.PROPOSED}),
            target=S.NOTICE,
            guard=reason_not_decidable,
        ),
        Transition(
            name="publish",
            label="公布并记入台账",
            sources=frozenset({S.NOTICE}),
            target=S.GIVEN,
            guard=reason_not_publishable,
        ),
        Transition(
            name="reopen",
            label="异议成立，退回重拟",
            sources=frozenset({S.NOTICE}),
            target=S.DRAFT,
        ),
        Transition(
            name="cancel",
            label="取消",
            sources=frozenset({S.DRAFT, S.PROPOSED, S.NOTICE}),
            target=S.CANCELLED,
        ),
    ]
)
