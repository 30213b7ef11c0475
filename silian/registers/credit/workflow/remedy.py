"""The life of an objection or a repair (异议与修复流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.registers.credit.choices import RemedyState as S

remedy = Workflow(
    [
        Transition(name="grant", label="采纳", sources=frozenset({S.ASKED}), target=S.GRANTED),
        Transition(name="deny", label="不采纳", sources=frozenset({S.ASKED}), target=S.DENIED),
    ]
)
