"""The life of a cooperation project (对外合作项目流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.alliances.choices.cooperation import ACTIVE_STAGES
from silian.operations.alliances.choices.cooperation import CooperationStage as S


def reason_not_signable(*, agreement_reference: str) -> str | None:
    """Why a project may not count as signed, or None."""
    if not agreement_reference.strip():
        return "请先写明协议编号或名称，再登记签约。"
    return None


cooperation = Workflow(
    [
        Transition(
            name="sign",
            label="登记签约",
            sources=frozenset({S.EXPLORED}),
            target=S.SIGNED,
            guard=reason_not_signable,
        ),
        Transition(
            name="build", label="开始建设", sources=frozenset({S.SIGNED}), target=S.BUILDING
        ),
        Transition(
            name="run",
            label="投入运行",
            sources=frozenset({S.SIGNED, S.BUILDING}),
            target=S.RUNNING,
        ),
        Transition(name="end", label="结束", sources=frozenset({S.RUNNING}), target=S.ENDED),
        Transition(
            name="break_off",
            label="中止",
            sources=frozenset({S.EXPLORED, *ACTIVE_STAGES}),
            target=S.BROKEN_OFF,
        ),
    ]
)
