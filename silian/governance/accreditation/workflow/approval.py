"""The life of an application for approval (审批办件流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.accreditation.choices.guide import CaseState as S
from silian.governance.accreditation.rules.guide import (
    reason_not_decidable,
    reason_not_supplementable,
)

approval_case = Workflow(
    [
        Transition(
            name="ask",
            label="一次告知补正",
            sources=frozenset({S.APPLIED}),
            target=S.SUPPLEMENT,
            guard=reason_not_supplementable,
        ),
        Transition(
            name="supplement", label="补正", sources=frozenset({S.SUPPLEMENT}), target=S.APPLIED
        ),
        Transition(name="accept", label="受理", sources=frozenset({S.APPLIED}), target=S.ACCEPTED),
        Transition(
            name="grant",
            label="准予许可",
            sources=frozenset({S.ACCEPTED}),
            target=S.GRANTED,
            guard=reason_not_decidable,
        ),
        Transition(
            name="refuse", label="不予许可", sources=frozenset({S.ACCEPTED}), target=S.REFUSED
        ),
        Transition(
            name="withdraw",
            label="撤回",
            sources=frozenset({S.APPLIED, S.SUPPLEMENT, S.ACCEPTED}),
            target=S.WITHDRAWN,
        ),
    ]
)
