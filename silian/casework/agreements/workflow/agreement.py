"""The life of an agreement (协议流程)."""

from __future__ import annotations

from silian.casework.agreements.choices import AgreementState as S
from silian.foundation.kernel.workflow import Transition, Workflow


def reason_not_all_signed(*, waiting: int) -> str | None:
    """Every party whose signature is needed has signed (签字齐全)."""
    if waiting:
        return f"还有 {waiting} 方没有签字，协议不能生效。请等各方签齐。"
    return None


def reason_not_suspendable(*, may_suspend: bool) -> str | None:
    """The kind of agreement knows suspension (类别允许中止)."""
    if not may_suspend:
        return "这类协议不能中止。需要停止履行的，请办理解除。"
    return None


agreement = Workflow(
    [
        Transition(name="send", label="送签", sources=frozenset({S.DRAFT}), target=S.SIGNING),
        Transition(
            name="activate",
            label="生效",
            sources=frozenset({S.SIGNING}),
            target=S.ACTIVE,
            guard=reason_not_all_signed,
        ),
        Transition(name="refuse", label="拒签", sources=frozenset({S.SIGNING}), target=S.REFUSED),
        Transition(name="lapse", label="逾期未签", sources=frozenset({S.SIGNING}), target=S.LAPSED),
        Transition(
            name="reopen",
            label="改回草稿",
            sources=frozenset({S.REFUSED, S.LAPSED}),
            target=S.DRAFT,
        ),
        Transition(
            name="withdraw",
            label="撤回",
            sources=frozenset({S.DRAFT, S.SIGNING, S.REFUSED, S.LAPSED}),
            target=S.WITHDRAWN,
        ),
        Transition(
            name="suspend",
            label="中止",
            sources=frozenset({S.ACTIVE}),
            target=S.SUSPENDED,
            guard=reason_not_suspendable,
        ),
        Transition(name="resume", label="恢复", sources=frozenset({S.SUSPENDED}), target=S.ACTIVE),
        Transition(
            name="terminate",
            label="解除",
            sources=frozenset({S.ACTIVE, S.SUSPENDED}),
            target=S.TERMINATED,
        ),
        Transition(
            name="end",
            label="到期终止",
            sources=frozenset({S.ACTIVE, S.SUSPENDED}),
            target=S.ENDED,
        ),
    ]
)
