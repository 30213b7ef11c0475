"""The life of a pathway between schools (贯通培养项目)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.registers.programmes.choices import PathwayState as S

pathway = Workflow(
    [
        Transition(name="confirm", label="确认", sources=frozenset({S.PROPOSED}), target=S.RUNNING),
        Transition(
            name="end",
            label="结束",
            sources=frozenset({S.PROPOSED, S.RUNNING}),
            target=S.ENDED,
        ),
    ]
)
