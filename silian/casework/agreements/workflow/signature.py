"""The life of one party's signature (签字流程)."""

from __future__ import annotations

from silian.casework.agreements.choices import SignatureState as S
from silian.casework.agreements.rules.signing import reason_not_signable
from silian.foundation.kernel.workflow import Transition, Workflow

signature = Workflow(
    [
        Transition(
            name="sign",
            label="签署",
            sources=frozenset({S.WAITING}),
            target=S.SIGNED,
            guard=reason_not_signable,
        ),
        Transition(name="refuse", label="拒签", sources=frozenset({S.WAITING}), target=S.REFUSED),
        Transition(
            name="drop",
            label="作废",
            sources=frozenset({S.WAITING, S.SIGNED}),
            target=S.DROPPED,
        ),
    ]
)
