"""The life of an unmet demand (未满足需求流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.exchange.choices import UnmetDemandState as S

unmet_demand = Workflow(
    [
        Transition(name="verify", label="核实通过", sources=frozenset({S.PROPOSED}), target=S.OPEN),
        Transition(
            name="refuse", label="不予通过", sources=frozenset({S.PROPOSED}), target=S.REFUSED
        ),
        Transition(
            name="take_up",
            label="承接",
            sources=frozenset({S.OPEN, S.TAKEN_UP}),
            target=S.TAKEN_UP,
        ),
        Transition(
            name="meet", label="登记满足", sources=frozenset({S.OPEN, S.TAKEN_UP}), target=S.MET
        ),
        Transition(
            name="withdraw",
            label="撤回",
            sources=frozenset({S.PROPOSED, S.OPEN, S.TAKEN_UP}),
            target=S.WITHDRAWN,
        ),
    ]
)
