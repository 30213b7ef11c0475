"""The life of a programme and of its construction projects (专业点、专业建设项目)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.registers.programmes.choices import ConstructionStage as C
from silian.registers.programmes.choices import ProgrammeStage as S
from silian.registers.programmes.rules.life import reason_not_closable, reason_without_reason

programme = Workflow(
    [
        Transition(name="open", label="开办", sources=frozenset({S.PLANNED}), target=S.RUNNING),
        Transition(
            name="pause",
            label="暂停招生",
            sources=frozenset({S.RUNNING}),
            target=S.PAUSED,
            guard=reason_without_reason,
        ),
        Transition(
            name="resume", label="恢复招生", sources=frozenset({S.PAUSED}), target=S.RUNNING
        ),
        Transition(
            name="close",
            label="撤销",
            sources=frozenset({S.PLANNED, S.RUNNING, S.PAUSED}),
            target=S.CLOSED,
            guard=reason_not_closable,
        ),
    ]
)
construction = Workflow(
    [
        Transition(
            name="build", label="开始建设", sources=frozenset({C.APPROVED}), target=C.BUILDING
        ),
        Transition(
            name="accept", label="验收通过", sources=frozenset({C.BUILDING}), target=C.ACCEPTED
        ),
        Transition(
            name="end",
            label="终止",
            sources=frozenset({C.APPROVED, C.BUILDING}),
            target=C.ENDED,
            guard=reason_without_reason,
        ),
    ]
)
