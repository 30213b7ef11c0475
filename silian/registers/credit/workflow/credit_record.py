"""The life of a credit record (信用记录流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.registers.credit.choices import RecordState as S


def reason_same_person(*, is_proposer: bool) -> str | None:
    """Two people: who proposes a record does not confirm it (双人复核)."""
    if is_proposer:
        return "记录由您提出，须由另一位人员复核。"
    return None


credit_record = Workflow(
    [
        Transition(
            name="confirm",
            label="复核通过",
            sources=frozenset({S.PROPOSED}),
            target=S.IN_FORCE,
            guard=reason_same_person,
        ),
        Transition(
            name="return",
            label="复核退回",
            sources=frozenset({S.PROPOSED}),
            target=S.RETURNED,
            guard=reason_same_person,
        ),
        Transition(name="repair", label="修复", sources=frozenset({S.IN_FORCE}), target=S.REPAIRED),
        Transition(name="revoke", label="撤销", sources=frozenset({S.IN_FORCE}), target=S.REVOKED),
        Transition(
            name="expire", label="届满存档", sources=frozenset({S.IN_FORCE}), target=S.EXPIRED
        ),
    ]
)
