"""The life of a problem brought before a body (提请协调流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.alliances.choices.coordination import EscalationState as S

escalation = Workflow(
    [
        Transition(
            name="schedule", label="列入议题", sources=frozenset({S.RAISED}), target=S.SCHEDULED
        ),
        Transition(
            name="resolve",
            label="答复办结",
            sources=frozenset({S.RAISED, S.SCHEDULED}),
            target=S.RESOLVED,
        ),
        Transition(name="return", label="退回", sources=frozenset({S.RAISED}), target=S.RETURNED),
    ]
)
