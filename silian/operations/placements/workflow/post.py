"""The life of an internship post (实习岗位)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.placements.choices.hosts import (
    PostState as S,
)
from silian.operations.placements.rules import post_offers as rules

post = Workflow(
    [
        Transition(
            name="open",
            label="开放岗位",
            sources=frozenset({S.DRAFT, S.CLOSED}),
            target=S.OPEN,
            guard=rules.reason_not_openable,
        ),
        Transition(
            name="close",
            label="关闭岗位",
            sources=frozenset({S.OPEN, S.DRAFT}),
            target=S.CLOSED,
            guard=rules.reason_not_closable,
        ),
    ]
)
