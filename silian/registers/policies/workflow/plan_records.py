"""The life of an entry in the register of plans (规划登记流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.registers.policies.choices import PlanRecordState as S


def reason_not_submittable(*, open_items: int) -> str | None:
    """Why an entry is not ready to be checked, or None."""
    if open_items:
        return f"还有 {open_items} 项没有核对，每项写明“有”或“没有”后再送审。"
    return None


def reason_not_reviewable(*, same_person: bool) -> str | None:
    """Why this person may not check the entry, or None."""
    if same_person:
        return "自己登记的规划由另一人核对，请交给同事办理。"
    return None


plan_record = Workflow(
    [
        Transition(
            name="submit",
            label="送核对",
            sources=frozenset({S.DRAFT}),
            target=S.SUBMITTED,
            guard=reason_not_submittable,
        ),
        Transition(
            name="review",
            label="核对通过",
            sources=frozenset({S.SUBMITTED}),
            target=S.REVIEWED,
            guard=reason_not_reviewable,
        ),
        Transition(name="return", label="退回", sources=frozenset({S.SUBMITTED}), target=S.DRAFT),
        Transition(
            name="reopen", label="重新填写", sources=frozenset({S.REVIEWED}), target=S.DRAFT
        ),
    ]
)
