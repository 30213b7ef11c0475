"""The life of a matter of approval, and of one text of its guide (事项与指南流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.accreditation.choices.guide import MatterState as M
from silian.governance.accreditation.choices.guide import VersionState as V
from silian.governance.accreditation.rules.guide import reason_not_publishable

matter = Workflow(
    [
        Transition(
            name="publish",
            label="公布",
            sources=frozenset({M.DRAFT, M.PUBLISHED, M.WITHDRAWN}),
            target=M.PUBLISHED,
        ),
        Transition(
            name="withdraw", label="停办", sources=frozenset({M.PUBLISHED}), target=M.WITHDRAWN
        ),
    ]
)
matter_version = Workflow(
    [
        Transition(
            name="publish",
            label="公布",
            sources=frozenset({V.DRAFT}),
            target=V.PUBLISHED,
            guard=reason_not_publishable,
        ),
        Transition(
            name="replace", label="替换", sources=frozenset({V.PUBLISHED}), target=V.REPLACED
        ),
    ]
)
