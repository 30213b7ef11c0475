"""The life of a decision (会议决定流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.alliances.choices.coordination import DecisionState as S

decision = Workflow(
    [
        Transition(name="make", label="签发", sources=frozenset({S.DRAFT}), target=S.MADE),
        Transition(name="revoke", label="撤销", sources=frozenset({S.MADE}), target=S.REVOKED),
    ]
)
