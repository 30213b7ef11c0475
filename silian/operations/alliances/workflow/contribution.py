"""The life of a contribution (成员贡献确认流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.alliances.choices.contributions import ContributionState as C

contribution = Workflow(
    [
        Transition(
            name="confirm", label="确认", sources=frozenset({C.RECORDED}), target=C.CONFIRMED
        ),
        Transition(
            name="refuse", label="不予确认", sources=frozenset({C.RECORDED}), target=C.REFUSED
        ),
    ]
)
