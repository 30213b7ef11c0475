"""The lives of objections and of reported metrics, each on one page."""

from __future__ import annotations

from silian.casework.metrics.choices import DefinitionState as D
from silian.casework.metrics.choices import DisputeState as S
from silian.casework.metrics.rules.reporting import (
    reason_answer_too_short,
    reason_not_corrected,
    reason_too_short,
)
from silian.foundation.kernel.workflow import Transition, Workflow

dispute = Workflow(
    [
        Transition(
            name="uphold",
            label="维持原数",
            sources=frozenset({S.RAISED}),
            target=S.UPHELD,
            guard=reason_answer_too_short,
        ),
        Transition(
            name="correct",
            label="更正",
            sources=frozenset({S.RAISED}),
            target=S.CORRECTED,
            guard=reason_not_corrected,
        ),
        Transition(
            name="withdraw", label="撤回异议", sources=frozenset({S.RAISED}), target=S.WITHDRAWN
        ),
    ]
)
definition = Workflow(
    [
        Transition(name="change", label="修改", sources=frozenset({D.ACTIVE}), target=D.ACTIVE),
        Transition(name="report", label="填报", sources=frozenset({D.ACTIVE}), target=D.ACTIVE),
        Transition(
            name="retire",
            label="停用",
            sources=frozenset({D.ACTIVE}),
            target=D.RETIRED,
            guard=reason_too_short,
        ),
    ]
)
