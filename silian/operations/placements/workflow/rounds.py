"""The life of an assignment round on one page (志愿分配轮次)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.placements.choices.rounds import (
    ObjectionState as O,
)
from silian.operations.placements.choices.rounds import (
    RoundState as S,
)
from silian.operations.placements.rules import rounds as rules

placement_round = Workflow(
    [
        Transition(
            name="open",
            label="开放志愿",
            sources=frozenset({S.DRAFT}),
            target=S.WISHING,
            guard=rules.reason_not_open,
        ),
        Transition(
            name="close_wishes",
            label="截止志愿",
            sources=frozenset({S.WISHING}),
            target=S.RANKING,
            guard=rules.reason_not_early,
        ),
        Transition(
            name="solve",
            label="计算",
            sources=frozenset({S.RANKING, S.SOLVED}),
            target=S.SOLVED,
        ),
        Transition(
            name="publish",
            label="公布结果",
            sources=frozenset({S.SOLVED}),
            target=S.PUBLISHED,
            guard=rules.reason_not_publishable,
        ),
        Transition(
            name="object",
            label="提出异议",
            sources=frozenset({S.PUBLISHED, S.OBJECTIONS}),
            target=S.OBJECTIONS,
        ),
        Transition(
            name="close",
            label="结束本轮",
            sources=frozenset({S.PUBLISHED, S.OBJECTIONS}),
            target=S.CLOSED,
            guard=rules.reason_not_closable,
        ),
        Transition(
            name="cancel",
            label="取消本轮",
            sources=frozenset({S.DRAFT, S.WISHING, S.RANKING, S.SOLVED}),
            target=S.CANCELLED,
        ),
    ]
)

objection = Workflow(
    [
        Transition(name="uphold", label="异议成立", sources=frozenset({O.OPEN}), target=O.UPHELD),
        Transition(
            name="reject", label="异议不成立", sources=frozenset({O.OPEN}), target=O.REJECTED
        ),
    ]
)
