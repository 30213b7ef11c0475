"""The life of a negotiation (洽谈流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.exchange.choices import NegotiationState as S
from silian.operations.exchange.rules.negotiation_opening import reason_quantity_unfit

negotiation = Workflow(
    [
        Transition(name="answer", label="回应", sources=frozenset({S.OPEN}), target=S.TALKING),
        Transition(
            name="propose",
            label="提出意向",
            sources=frozenset({S.TALKING}),
            target=S.TALKING,
            guard=reason_quantity_unfit,
        ),
        Transition(
            name="accept",
            label="接受意向",
            sources=frozenset({S.TALKING}),
            target=S.INTENDED,
            guard=reason_quantity_unfit,
        ),
        Transition(
            name="agree",
            label="登记协议",
            sources=frozenset({S.INTENDED}),
            target=S.AGREED,
        ),
        Transition(
            name="refuse",
            label="婉拒",
            sources=frozenset({S.OPEN, S.TALKING, S.INTENDED}),
            target=S.REFUSED,
        ),
        Transition(
            name="withdraw",
            label="撤回",
            sources=frozenset({S.OPEN, S.TALKING, S.INTENDED}),
            target=S.WITHDRAWN,
        ),
        Transition(name="lapse", label="逾期结束", sources=frozenset({S.OPEN}), target=S.LAPSED),
    ]
)
