"""The life of a preferential policy (优惠政策流程)."""

from __future__ import annotations

import datetime

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.registers.policies.choices import BenefitState as S


def reason_not_submittable(*, has_basis: bool, has_steps: bool) -> str | None:
    """Why a benefit is not ready for review, or None."""
    if not has_basis:
        return "没有依据不能送审：请选择条款，或写明文件和条款。"
    if not has_steps:
        return "没有办理步骤不能送审：请写明谁办、做什么，让对方知道怎么办。"
    return None


def reason_not_reviewable(*, same_person: bool) -> str | None:
    """Why this person may not review the benefit, or None."""
    if same_person:
        return "自己登记的优惠政策由另一人审核，请交给同事或牵头部门。"
    return None


def reason_not_publishable(*, valid_to: datetime.date | None, today: datetime.date) -> str | None:
    """Why a benefit may not be published now, or None."""
    if valid_to is not None and valid_to <= today:
        return f"有效期已于 {valid_to:%Y-%m-%d} 截止，不能公布。请先改有效期。"
    return None


benefit = Workflow(
    [
        Transition(
            name="submit",
            label="送审",
            sources=frozenset({S.DRAFT}),
            target=S.SUBMITTED,
            guard=reason_not_submittable,
        ),
        Transition(
            name="review",
            label="审核通过",
            sources=frozenset({S.SUBMITTED}),
            target=S.REVIEWED,
            guard=reason_not_reviewable,
        ),
        Transition(
            name="return",
            label="退回修改",
            sources=frozenset({S.SUBMITTED, S.REVIEWED}),
            target=S.DRAFT,
        ),
        Transition(
            name="publish",
            label="公布",
            sources=frozenset({S.REVIEWED}),
            target=S.PUBLISHED,
            guard=reason_not_publishable,
        ),
        Transition(name="end", label="停止", sources=frozenset({S.PUBLISHED}), target=S.ENDED),
    ]
)
