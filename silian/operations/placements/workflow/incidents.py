"""The life of an incident (实习事件流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.placements.choices.pay import (
    IncidentState as S,
)
from silian.operations.placements.rules.care import reason_incident_not_closable

incident = Workflow(
    [
        Transition(
            name="report", label="报告主管部门", sources=frozenset({S.OPEN}), target=S.REPORTED
        ),
        Transition(
            name="close",
            label="办结",
            sources=frozenset({S.OPEN, S.REPORTED}),
            target=S.CLOSED,
            guard=reason_incident_not_closable,
        ),
    ]
)
