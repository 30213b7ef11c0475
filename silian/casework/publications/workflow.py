"""The life of an edition (刊期流程)."""

from __future__ import annotations

from silian.casework.publications.choices import EditionState as S
from silian.casework.publications.rules import (
    reason_not_approvable,
    reason_not_publishable,
    reason_not_submittable,
)
from silian.foundation.kernel.workflow import Transition, Workflow

edition = Workflow(
    [
        Transition(
            name="submit",
            label="送审",
            sources=frozenset({S.DRAFT}),
            target=S.SUBMITTED,
            guard=reason_not_submittable,
        ),
        Transition(
            name="return",
            label="退回修改",
            sources=frozenset({S.SUBMITTED, S.APPROVED}),
            target=S.DRAFT,
        ),
        Transition(
            name="approve",
            label="批准",
            sources=frozenset({S.SUBMITTED}),
            target=S.APPROVED,
            guard=reason_not_approvable,
        ),
        Transition(
            name="publish",
            label="发布",
            sources=frozenset({S.DRAFT, S.APPROVED}),
            target=S.PUBLISHED,
            guard=reason_not_publishable,
        ),
        Transition(
            name="withdraw",
            label="撤下",
            sources=frozenset({S.PUBLISHED}),
            target=S.WITHDRAWN,
        ),
    ]
)
