"""The life of a supervision round (督查批次流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.policy_tasks.choices import RoundState as S
from silian.governance.policy_tasks.rules.supervision import (
    reason_round_not_closable,
    reason_round_not_startable,
)

supervision_round = Workflow(
    [
        Transition(
            name="start",
            label="开始督查",
            sources=frozenset({S.PLANNED}),
            target=S.RUNNING,
            guard=reason_round_not_startable,
        ),
        Transition(
            name="close",
            label="结束督查",
            sources=frozenset({S.RUNNING}),
            target=S.CLOSED,
            guard=reason_round_not_closable,
        ),
        Transition(
            name="cancel",
            label="取消",
            sources=frozenset({S.PLANNED, S.RUNNING}),
            target=S.CANCELLED,
        ),
    ]
)
