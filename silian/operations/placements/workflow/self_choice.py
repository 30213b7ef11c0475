"""The life of an application for a self-chosen host (自主选择实习申请)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.placements.choices.internships import (
    SelfChoiceState as S,
)
from silian.operations.placements.rules.self_choices import reason_without_words

self_choice = Workflow(
    [
        Transition(
            name="submit",
            label="家长同意，送学校",
            sources=frozenset({S.WITH_GUARDIAN}),
            target=S.SUBMITTED,
        ),
        Transition(
            name="approve", label="同意", sources=frozenset({S.SUBMITTED}), target=S.APPROVED
        ),
        Transition(
            name="refuse",
            label="退回",
            sources=frozenset({S.SUBMITTED}),
            target=S.REFUSED,
            guard=reason_without_words,
        ),
        Transition(
            name="withdraw",
            label="撤回",
            sources=frozenset({S.WITH_GUARDIAN, S.SUBMITTED}),
            target=S.WITHDRAWN,
        ),
    ]
)
