"""The life of a check on a service organisation (规范运作检查流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.alliances.choices.conduct import CheckState as S

conduct = Workflow(
    [
        Transition(
            name="find", label="登记不符合", sources=frozenset({S.PLANNED}), target=S.CORRECTING
        ),
        Transition(name="pass", label="登记符合", sources=frozenset({S.PLANNED}), target=S.CLOSED),
        Transition(
            name="hand_in",
            label="提交整改",
            sources=frozenset({S.CORRECTING}),
            target=S.HANDED_IN,
        ),
        Transition(
            name="accept", label="复查通过", sources=frozenset({S.HANDED_IN}), target=S.CLOSED
        ),
        Transition(
            name="reject",
            label="退回再整改",
            sources=frozenset({S.HANDED_IN}),
            target=S.CORRECTING,
        ),
    ]
)
