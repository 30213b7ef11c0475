"""The life of a case: 申请、审核、批准、运行、终止 (企业办学案例流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.alliances.choices.ownership import OPEN_CASES
from silian.operations.alliances.choices.ownership import CaseState as S
from silian.operations.alliances.rules.ownership import reason_not_approvable, reason_not_ready

ownership = Workflow(
    [
        Transition(
            name="apply",
            label="提交申请",
            sources=OPEN_CASES,
            target=S.APPLIED,
            guard=reason_not_ready,
        ),
        Transition(
            name="return",
            label="退回补正",
            sources=frozenset({S.APPLIED, S.REVIEWED}),
            target=S.RETURNED,
        ),
        Transition(
            name="review", label="审核通过", sources=frozenset({S.APPLIED}), target=S.REVIEWED
        ),
        Transition(
            name="approve",
            label="批准",
            sources=frozenset({S.REVIEWED}),
            target=S.APPROVED,
            guard=reason_not_approvable,
        ),
        Transition(
            name="refuse",
            label="不予批准",
            sources=frozenset({S.APPLIED, S.REVIEWED}),
            target=S.REFUSED,
        ),
        Transition(name="run", label="开始运行", sources=frozenset({S.APPROVED}), target=S.RUNNING),
        Transition(
            name="end",
            label="终止",
            sources=frozenset({S.APPROVED, S.RUNNING}),
            target=S.ENDED,
        ),
    ]
)
