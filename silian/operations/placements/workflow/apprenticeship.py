"""The lives of an apprenticeship programme and of one apprentice (学徒培养流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.placements.choices.orders import (
    ApprenticeshipState as S,
)
from silian.operations.placements.choices.orders import (
    ApprenticeState as A,
)
from silian.operations.placements.rules import apprenticeships as rules
from silian.operations.placements.rules.reasons import reason_without_words

apprenticeship = Workflow(
    [
        Transition(
            name="submit",
            label="提交备案",
            sources=frozenset({S.DRAFT, S.RETURNED}),
            target=S.SUBMITTED,
            guard=rules.reason_blocked,
        ),
        Transition(name="file", label="备案", sources=frozenset({S.SUBMITTED}), target=S.FILED),
        Transition(
            name="return",
            label="退回修改",
            sources=frozenset({S.SUBMITTED}),
            target=S.RETURNED,
            guard=reason_without_words,
        ),
        Transition(name="start", label="开始培养", sources=frozenset({S.FILED}), target=S.RUNNING),
        Transition(
            name="complete",
            label="完成培养",
            sources=frozenset({S.RUNNING}),
            target=S.COMPLETED,
            guard=rules.reason_not_completable,
        ),
        Transition(
            name="stop",
            label="终止项目",
            sources=frozenset({S.DRAFT, S.RETURNED, S.SUBMITTED, S.FILED, S.RUNNING}),
            target=S.STOPPED,
            guard=reason_without_words,
        ),
    ]
)

apprentice = Workflow(
    [
        Transition(
            name="begin",
            label="开始培养",
            sources=frozenset({A.ENROLLED}),
            target=A.TRAINING,
            guard=rules.reason_blocked,
        ),
        Transition(
            name="qualify",
            label="考核合格",
            sources=frozenset({A.TRAINING}),
            target=A.QUALIFIED,
            guard=rules.reason_not_qualified,
        ),
        Transition(
            name="fail",
            label="考核不合格",
            sources=frozenset({A.TRAINING}),
            target=A.UNQUALIFIED,
            guard=reason_without_words,
        ),
        Transition(
            name="leave",
            label="中途离开",
            sources=frozenset({A.ENROLLED, A.TRAINING}),
            target=A.LEFT,
            guard=reason_without_words,
        ),
        Transition(
            name="correct_left",
            label="更正为中途离开",
            sources=frozenset({A.QUALIFIED, A.UNQUALIFIED}),
            target=A.LEFT,
            guard=reason_without_words,
        ),
        Transition(
            name="correct_failed",
            label="更正为考核不合格",
            sources=frozenset({A.QUALIFIED}),
            target=A.UNQUALIFIED,
            guard=reason_without_words,
        ),
    ]
)
