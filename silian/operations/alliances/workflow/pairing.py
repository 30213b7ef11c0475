"""The life of a pairing (结对流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.alliances.choices.pairings import PairingState as S

pairing = Workflow(
    [
        Transition(name="confirm", label="确认", sources=frozenset({S.PROPOSED}), target=S.RUNNING),
        Transition(name="return", label="退回", sources=frozenset({S.PROPOSED}), target=S.RETURNED),
        Transition(
            name="propose", label="再次提交", sources=frozenset({S.RETURNED}), target=S.PROPOSED
        ),
        Transition(name="end", label="结束", sources=frozenset({S.RUNNING}), target=S.ENDED),
    ]
)
