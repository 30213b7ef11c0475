"""The life of a version of a standard (标准版本)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.registers.programmes.choices import VersionState as S
from silian.registers.programmes.rules.life import reason_version_not_ready, reason_without_reason

version = Workflow(
    [
        Transition(
            name="submit",
            label="送审",
            sources=frozenset({S.DRAFT}),
            target=S.IN_REVIEW,
            guard=reason_version_not_ready,
        ),
        Transition(
            name="send_back",
            label="退回修改",
            sources=frozenset({S.IN_REVIEW}),
            target=S.DRAFT,
            guard=reason_without_reason,
        ),
        Transition(
            name="put_in_force",
            label="发布实施",
            sources=frozenset({S.IN_REVIEW}),
            target=S.IN_FORCE,
        ),
        Transition(
            name="replace", label="被替代", sources=frozenset({S.IN_FORCE}), target=S.REPLACED
        ),
        Transition(
            name="withdraw",
            label="废止",
            sources=frozenset({S.IN_FORCE}),
            target=S.WITHDRAWN,
            guard=reason_without_reason,
        ),
    ]
)
