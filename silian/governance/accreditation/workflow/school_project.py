"""The life of a school's building or upgrade project (学校建设与升格流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.accreditation.choices.schools import SchoolProjectState as S
from silian.governance.accreditation.rules.school_projects import reason_not_achieved

school_project = Workflow(
    [
        Transition(
            name="achieve",
            label="登记建成",
            sources=frozenset({S.ACTIVE}),
            target=S.ACHIEVED,
            guard=reason_not_achieved,
        ),
        Transition(name="stop", label="终止", sources=frozenset({S.ACTIVE}), target=S.STOPPED),
    ]
)
