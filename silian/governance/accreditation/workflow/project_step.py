"""The life of a proposal to go one stage further (项目环节办理)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.accreditation.choices.projects import StepState as S
from silian.governance.accreditation.rules.project_steps import reason_not_agreeable

project_step = Workflow(
    [
        Transition(
            name="agree",
            label="同意",
            sources=frozenset({S.PROPOSED}),
            target=S.AGREED,
            guard=reason_not_agreeable,
        ),
        Transition(name="return", label="退回", sources=frozenset({S.PROPOSED}), target=S.RETURNED),
    ]
)
