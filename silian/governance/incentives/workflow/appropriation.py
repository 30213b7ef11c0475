"""The life of an appropriation sheet: draft, check, approve, send, correct (拨款核算流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.incentives.choices.appropriation import SheetState as S
from silian.governance.incentives.rules.appropriation import (
    reason_not_returnable,
    reason_not_submittable,
    reason_same_person,
)

appropriation_sheet = Workflow(
    [
        Transition(
            name="submit", label="送教育核对", sources=frozenset({S.DRAFT}), target=S.CHECKING,
            guard=reason_not_submittable,
        ),
        Transition(
            name="pass", label="核对无误", sources=frozenset({S.CHECKING}), target=S.APPROVING,
            guard=reason_same_person,
        ),
        Transition(
            name="return", label="退回", sources=frozenset({S.CHECKING, S.APPROVING}),
            target=S.DRAFT, guard=reason_not_returnable,
        ),
        Transition(
            name="approve", label="审定", sources=frozenset({S.APPROVING}), target=S.APPROVED,
            guard=reason_same_person,
        ),
        Transition(
            name="publish", label="送达学校", sources=frozenset({S.APPROVED}), target=S.PUBLISHED
        ),
        Transition(
            name="replace", label="被更正", sources=frozenset({S.PUBLISHED}), target=S.REPLACED
        ),
    ]
)  # fmt: skip
