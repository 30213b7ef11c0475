"""The life of an expert in the pool (专家库流程)."""

from __future__ import annotations

from silian.casework.reviews.choices.judging import ExpertState as S
from silian.foundation.kernel.workflow import Transition, Workflow

expert = Workflow(
    [
        Transition(name="admit", label="入库", sources=frozenset({S.PROPOSED}), target=S.ACTIVE),
        Transition(name="pause", label="暂停抽取", sources=frozenset({S.ACTIVE}), target=S.PAUSED),
        Transition(name="resume", label="恢复抽取", sources=frozenset({S.PAUSED}), target=S.ACTIVE),
        Transition(
            name="leave",
            label="出库",
            sources=frozenset({S.PROPOSED, S.ACTIVE, S.PAUSED}),
            target=S.LEFT,
        ),
        Transition(name="return", label="重新推荐", sources=frozenset({S.LEFT}), target=S.PROPOSED),
    ]
)
