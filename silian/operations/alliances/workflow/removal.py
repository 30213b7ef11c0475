"""The life of a proposal of removal (联合体移出建议流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.alliances.choices.duties import RemovalState as R

removal = Workflow(
    [
        Transition(name="remove", label="移出", sources=frozenset({R.PROPOSED}), target=R.REMOVED),
        Transition(name="keep", label="保留", sources=frozenset({R.PROPOSED}), target=R.KEPT),
    ]
)
