"""The lives of insurance products, policies and claims (保险产品、保单、理赔)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.placements.choices.insurance import (
    ClaimState,
    PolicyState,
    ProductState,
)
from silian.operations.placements.rules.insurance import reason_not_settled

P, S, C = ProductState, PolicyState, ClaimState
OPEN_CLAIMS = frozenset({C.REPORTED, C.ACCEPTED, C.REJECTED, C.PAID})

product = Workflow(
    [
        Transition(
            name="publish",
            label="公布产品",
            sources=frozenset({P.DRAFT, P.WITHDRAWN}),
            target=P.PUBLISHED,
        ),
        Transition(
            name="withdraw",
            label="停售产品",
            sources=frozenset({P.PUBLISHED}),
            target=P.WITHDRAWN,
        ),
    ]
)
policy = Workflow(
    [
        Transition(name="add", label="加保", sources=frozenset({S.IN_FORCE}), target=S.IN_FORCE),
        Transition(
            name="cancel", label="退保", sources=frozenset({S.IN_FORCE}), target=S.CANCELLED
        ),
    ]
)
claim = Workflow(
    [
        Transition(
            name="accept",
            label="登记同意赔付",
            sources=frozenset({C.REPORTED, C.REJECTED}),
            target=C.ACCEPTED,
        ),
        Transition(
            name="reject", label="登记拒绝赔付", sources=frozenset({C.REPORTED}), target=C.REJECTED
        ),
        Transition(name="pay", label="登记赔付", sources=frozenset({C.ACCEPTED}), target=C.PAID),
        Transition(
            name="settle",
            label="了结",
            sources=frozenset({C.PAID, C.REJECTED}),
            target=C.SETTLED,
            guard=reason_not_settled,
        ),
        Transition(
            name="withdraw",
            label="撤回报案",
            sources=frozenset({C.REPORTED}),
            target=C.WITHDRAWN,
        ),
    ]
)
