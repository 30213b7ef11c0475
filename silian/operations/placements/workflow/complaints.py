"""The life of a complaint and of a case (投诉流程、违规查处流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.placements.choices.complaints import (
    OPEN_COMPLAINTS,
    ViolationState,
)
from silian.operations.placements.choices.complaints import (
    ComplaintState as S,
)
from silian.operations.placements.rules.complaints import (
    reason_answer_missing,
    reason_appeal_not_possible,
    reason_text_too_short,
)

complaint = Workflow(
    [
        Transition(
            name="accept",
            label="受理",
            sources=frozenset({S.FILED, S.APPEALED}),
            target=S.ACCEPTED,
        ),
        Transition(
            name="decline",
            label="不予受理",
            sources=frozenset({S.FILED}),
            target=S.DECLINED,
            guard=reason_answer_missing,
        ),
        Transition(
            name="ask",
            label="请求补充",
            sources=frozenset({S.ACCEPTED}),
            target=S.ASKED,
            guard=reason_answer_missing,
        ),
        Transition(
            name="answer",
            label="补充说明",
            sources=frozenset({S.ASKED}),
            target=S.ACCEPTED,
            guard=reason_text_too_short,
        ),
        Transition(
            name="resolve",
            label="办结答复",
            sources=frozenset({S.ACCEPTED}),
            target=S.RESOLVED,
            guard=reason_answer_missing,
        ),
        Transition(
            name="appeal",
            label="申请复核",
            sources=frozenset({S.RESOLVED, S.DECLINED}),
            target=S.APPEALED,
            guard=reason_appeal_not_possible,
        ),
        Transition(
            name="withdraw",
            label="撤回投诉",
            sources=frozenset(OPEN_COMPLAINTS),
            target=S.WITHDRAWN,
        ),
    ]
)

violation = Workflow(
    [
        Transition(
            name="fine",
            label="作出处罚",
            sources=frozenset({ViolationState.OPEN}),
            target=ViolationState.FINED,
        ),
        Transition(
            name="drop",
            label="不予处罚",
            sources=frozenset({ViolationState.OPEN}),
            target=ViolationState.DROPPED,
        ),
    ]
)
