"""The life of a financial product (金融产品)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.incentives.choices.finance import ProductState
from silian.governance.incentives.rules.products import reason_not_publishable

S = ProductState

finance_product = Workflow(
    [
        Transition(
            name="publish",
            label="公布产品",
            sources=frozenset({S.DRAFT, S.WITHDRAWN}),
            target=S.PUBLISHED,
            guard=reason_not_publishable,
        ),
        Transition(
            name="withdraw",
            label="下架产品",
            sources=frozenset({S.PUBLISHED}),
            target=S.WITHDRAWN,
        ),
    ]
)
