"""The life of an application (申报流程): which steps a scheme uses is decided by its procedure."""

from __future__ import annotations

from silian.casework.reviews.choices.dossiers import DossierState as S
from silian.foundation.kernel.workflow import Transition, Workflow

AFTER_INTAKE = frozenset({S.OPINIONS, S.EXPERTS, S.MODERATION, S.VISIT, S.RANKED})


def reason_not_fixable(*, was_fixed: bool) -> str | None:
    """What is missing is said once, in full (一次告知).

    Basis: 《行政许可法》第三十二条（四）.
    """
    if was_fixed:
        return "补正只能通知一次，已经通知过。请按现有材料受理，或写明理由不予受理。"
    return None


def reason_scores_missing(*, missing: int) -> str | None:
    """Every expert has handed in (评分到齐)."""
    if missing:
        return f"还有 {missing} 位专家没有提交评分。"
    return None


dossier = Workflow(
    [
        Transition(name="submit", label="提交", sources=frozenset({S.DRAFT}), target=S.SUBMITTED),
        Transition(
            name="ask_fix",
            label="通知补正",
            sources=frozenset({S.SUBMITTED}),
            target=S.FIXING,
            guard=reason_not_fixable,
        ),
        Transition(name="fix", label="提交补正", sources=frozenset({S.FIXING}), target=S.SUBMITTED),
        Transition(
            name="to_opinions",
            label="受理并征求部门意见",
            sources=frozenset({S.SUBMITTED}),
            target=S.OPINIONS,
        ),
        Transition(
            name="to_experts",
            label="转专家评审",
            sources=frozenset({S.SUBMITTED, S.OPINIONS}),
            target=S.EXPERTS,
        ),
        Transition(
            name="to_moderation",
            label="分差超限，转复核",
            sources=frozenset({S.EXPERTS}),
            target=S.MODERATION,
            guard=reason_scores_missing,
        ),
        Transition(
            name="to_visit",
            label="转实地核查",
            sources=frozenset({S.SUBMITTED, S.OPINIONS, S.EXPERTS, S.MODERATION}),
            target=S.VISIT,
        ),
        Transition(
            name="rank",
            label="评审完成，待审定",
            sources=frozenset({S.SUBMITTED, S.OPINIONS, S.EXPERTS, S.MODERATION, S.VISIT}),
            target=S.RANKED,
        ),
        Transition(
            name="notice", label="拟认定并公示", sources=frozenset({S.RANKED}), target=S.NOTICED
        ),
        Transition(
            name="object", label="受理异议", sources=frozenset({S.NOTICED}), target=S.OBJECTED
        ),
        Transition(
            name="clear", label="异议不成立", sources=frozenset({S.OBJECTED}), target=S.NOTICED
        ),
        Transition(
            name="recognise", label="认定", sources=frozenset({S.NOTICED}), target=S.RECOGNISED
        ),
        Transition(
            name="reject",
            label="不通过",
            sources=frozenset({S.SUBMITTED, S.FIXING, *AFTER_INTAKE, S.NOTICED, S.OBJECTED}),
            target=S.REJECTED,
        ),
        Transition(
            name="reopen_intake",
            label="申诉成立，重新审查",
            sources=frozenset({S.REJECTED}),
            target=S.SUBMITTED,
        ),
        Transition(
            name="reopen_experts",
            label="申诉成立，转专家评审",
            sources=frozenset({S.REJECTED}),
            target=S.EXPERTS,
        ),
        Transition(
            name="reopen_visit",
            label="申诉成立，转实地核查",
            sources=frozenset({S.REJECTED}),
            target=S.VISIT,
        ),
        Transition(
            name="reopen_ranked",
            label="申诉成立，待审定",
            sources=frozenset({S.REJECTED}),
            target=S.RANKED,
        ),
        Transition(
            name="withdraw",
            label="撤回",
            sources=frozenset({S.DRAFT, S.SUBMITTED, S.FIXING, *AFTER_INTAKE}),
            target=S.WITHDRAWN,
        ),
    ]
)
