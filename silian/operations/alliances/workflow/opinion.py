"""The life of an opinion and of a school's answer (委员会意见流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.alliances.choices.committees import OpinionKind
from silian.operations.alliances.choices.committees import OpinionState as S


def reason_not_issuable(*, kind: str, links: int, has_standard: bool) -> str | None:
    """Why an opinion may not be sent, or None."""
    if kind == OpinionKind.STANDARDS and not has_standard:
        return "标准成果须对应标准库里的一项标准。请先选择标准。"
    if kind != OpinionKind.POLICY and not links:
        return "意见没有对应专业点、标准或职业，发出后没有人能落实。请至少选择一项。"
    return None


opinion = Workflow(
    [
        Transition(
            name="issue",
            label="发出",
            sources=frozenset({S.DRAFT}),
            target=S.ISSUED,
            guard=reason_not_issuable,
        ),
        Transition(
            name="withdraw", label="撤回", sources=frozenset({S.ISSUED}), target=S.WITHDRAWN
        ),
    ]
)
