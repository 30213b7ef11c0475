"""The life of a yearly re-check (年度复核流程)."""

from __future__ import annotations

from silian.casework.reviews.choices.recognitions import RecheckState as S
from silian.foundation.kernel.workflow import Transition, Workflow

recheck = Workflow(
    [
        Transition(name="pass", label="合格", sources=frozenset({S.OPEN}), target=S.PASSED),
        Transition(name="fail", label="不合格", sources=frozenset({S.OPEN}), target=S.FAILED),
    ]
)
