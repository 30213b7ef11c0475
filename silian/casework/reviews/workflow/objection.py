"""The life of an objection and of an appeal (异议、申诉流程)."""

from __future__ import annotations

from silian.casework.reviews.choices.deciding import ObjectionState as S
from silian.foundation.kernel.workflow import Transition, Workflow

objection = Workflow(
    [
        Transition(name="hear", label="核查", sources=frozenset({S.RAISED}), target=S.RAISED),
        Transition(name="uphold", label="成立", sources=frozenset({S.RAISED}), target=S.UPHELD),
        Transition(
            name="dismiss", label="不成立", sources=frozenset({S.RAISED}), target=S.DISMISSED
        ),
        Transition(
            name="withdraw", label="撤回", sources=frozenset({S.RAISED}), target=S.WITHDRAWN
        ),
    ]
)
