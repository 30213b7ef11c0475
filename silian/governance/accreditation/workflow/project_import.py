"""The way of a file of projects into the pipeline (项目导入流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.accreditation.choices.projects import ProjectImportState as S
from silian.governance.accreditation.rules.project_imports import reason_not_importable

project_import = Workflow(
    [
        Transition(
            name="confirm",
            label="导入",
            sources=frozenset({S.CHECKED}),
            target=S.RUNNING,
            guard=reason_not_importable,
        ),
        Transition(name="finish", label="完成", sources=frozenset({S.RUNNING}), target=S.DONE),
        Transition(name="drop", label="放弃", sources=frozenset({S.CHECKED}), target=S.DROPPED),
    ]
)
