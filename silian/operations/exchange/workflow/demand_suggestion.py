"""The life of a suggested demand (建议需求流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.exchange.choices import DemandSuggestionState as S
from silian.operations.exchange.rules.demand_suggestion import reason_not_dismissable

OPEN = frozenset({S.SUGGESTED})

demand_suggestion = Workflow(
    [
        Transition(name="take_up", label="登记为需求", sources=OPEN, target=S.TAKEN_UP),
        Transition(
            name="dismiss",
            label="不采用",
            sources=OPEN,
            target=S.DISMISSED,
            guard=reason_not_dismissable,
        ),
        Transition(name="answer", label="已能找到", sources=OPEN, target=S.ANSWERED),
    ]
)
