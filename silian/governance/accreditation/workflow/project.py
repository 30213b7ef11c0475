"""The life of a project (工程项目流程): the applicant proposes, the leading department decides."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.accreditation.choices.projects import (
    EARLY_STAGES,
    ENDED_STAGES,
)
from silian.governance.accreditation.choices.projects import (
    ProjectStage as S,
)
from silian.governance.accreditation.rules.project_steps import reason_not_finished

project = Workflow(
    [
        Transition(name="reserve", label="转储备", sources=frozenset({S.IDEA}), target=S.RESERVE),
        Transition(
            name="application",
            label="申报",
            sources=frozenset({S.RESERVE}),
            target=S.APPLICATION,
        ),
        Transition(
            name="library", label="入库", sources=frozenset({S.APPLICATION}), target=S.LIBRARY
        ),
        Transition(
            name="construction",
            label="开工建设",
            sources=frozenset({S.LIBRARY}),
            target=S.CONSTRUCTION,
        ),
        Transition(
            name="acceptance",
            label="申请验收",
            sources=frozenset({S.CONSTRUCTION}),
            target=S.ACCEPTANCE,
        ),
        Transition(
            name="in_use",
            label="验收投用",
            sources=frozenset({S.ACCEPTANCE}),
            target=S.IN_USE,
            guard=reason_not_finished,
        ),
        Transition(
            name="stop",
            label="终止",
            sources=EARLY_STAGES | (frozenset(S) - EARLY_STAGES - ENDED_STAGES),
            target=S.STOPPED,
        ),
    ]
)
