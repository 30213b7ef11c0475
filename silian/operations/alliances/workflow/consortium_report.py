"""The life of a yearly filing of a consortium (联合体年度报送流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.alliances.choices.duties import DutyKind
from silian.operations.alliances.choices.duties import DutyState as D


def reason_not_acceptable(*, kind: str, is_finished: bool | None) -> str | None:
    """Why a filing may not be accepted, or None."""
    if kind == DutyKind.SELF_ASSESSMENT and is_finished is None:
        return "请判断是否完成年度任务。"
    return None


consortium_report = Workflow(
    [
        Transition(
            name="accept",
            label="核对通过",
            sources=frozenset({D.FILED}),
            target=D.ACCEPTED,
            guard=reason_not_acceptable,
        ),
        Transition(
            name="return", label="退回补充", sources=frozenset({D.FILED}), target=D.RETURNED
        ),
        Transition(
            name="refile", label="重新报送", sources=frozenset({D.RETURNED}), target=D.FILED
        ),
    ]
)
