"""The life of a host at one school (实习单位)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.placements.choices.hosts import (
    HostState as S,
)
from silian.operations.placements.rules import host_choice as rules

host = Workflow(
    [
        Transition(
            name="inspect",
            label="审核实地考察",
            sources=frozenset({S.PROPOSED}),
            target=S.INSPECTED,
            guard=rules.reason_not_inspected,
        ),
        Transition(
            name="decide",
            label="登记集体研究通过",
            sources=frozenset({S.INSPECTED}),
            target=S.APPROVED,
            guard=rules.reason_not_decidable,
        ),
        Transition(
            name="publish",
            label="公布",
            sources=frozenset({S.APPROVED}),
            target=S.PUBLISHED,
            guard=rules.reason_not_publishable,
        ),
        Transition(
            name="refuse",
            label="登记未通过",
            sources=frozenset({S.PROPOSED, S.INSPECTED}),
            target=S.REFUSED,
            guard=rules.reason_without_words,
        ),
        Transition(
            name="reconsider",
            label="重新拟选",
            sources=frozenset({S.REFUSED}),
            target=S.PROPOSED,
        ),
        Transition(
            name="remove",
            label="移出名单",
            sources=frozenset({S.PROPOSED, S.INSPECTED, S.APPROVED, S.PUBLISHED}),
            target=S.REMOVED,
            guard=rules.reason_without_words,
        ),
    ]
)
"""A removed host stays as it is; the school may propose the organisation again as a new row."""
