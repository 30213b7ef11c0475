"""The life of an order class (订单班流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.placements.choices.orders import (
    OrderState as S,
)
from silian.operations.placements.rules import orders as rules
from silian.operations.placements.rules.reasons import reason_without_words

order = Workflow(
    [
        Transition(
            name="send",
            label="送签协议",
            sources=frozenset({S.DRAFT}),
            target=S.SENT,
            guard=rules.reason_not_sendable,
        ),
        Transition(name="unsign", label="退回起草", sources=frozenset({S.SENT}), target=S.DRAFT),
        Transition(name="run", label="协议签齐", sources=frozenset({S.SENT}), target=S.RUNNING),
        Transition(name="hire", label="培养期满", sources=frozenset({S.RUNNING}), target=S.HIRING),
        Transition(
            name="close",
            label="结束订单",
            sources=frozenset({S.RUNNING, S.HIRING}),
            target=S.CLOSED,
            guard=rules.reason_not_closable,
        ),
        Transition(
            name="cancel",
            label="取消订单",
            sources=frozenset({S.DRAFT, S.SENT, S.RUNNING}),
            target=S.CANCELLED,
            guard=reason_without_words,
        ),
    ]
)
