"""The life of a task on one page (任务流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.policy_tasks.choices import TaskState as S
from silian.governance.policy_tasks.rules.tasks import (
    reason_not_assignable,
    reason_not_claimable,
    reason_not_confirmable,
    reason_not_reportable,
)

task = Workflow(
    [
        Transition(
            name="assign",
            label="下达",
            sources=frozenset({S.DRAFT}),
            target=S.ASSIGNED,
            guard=reason_not_assignable,
        ),
        Transition(name="sign", label="签收", sources=frozenset({S.ASSIGNED}), target=S.RUNNING),
        Transition(
            name="report",
            label="报送进展",
            sources=frozenset({S.RUNNING}),
            target=S.RUNNING,
            guard=reason_not_reportable,
        ),
        Transition(
            name="claim",
            label="申请办结",
            sources=frozenset({S.RUNNING}),
            target=S.CLAIMED,
            guard=reason_not_claimable,
        ),
        Transition(
            name="confirm",
            label="确认办结",
            sources=frozenset({S.CLAIMED}),
            target=S.DONE,
            guard=reason_not_confirmable,
        ),
        Transition(
            name="return", label="退回补充", sources=frozenset({S.CLAIMED}), target=S.RUNNING
        ),
        Transition(
            name="cancel",
            label="取消",
            sources=frozenset({S.DRAFT, S.ASSIGNED, S.RUNNING, S.CLAIMED}),
            target=S.CANCELLED,
        ),
    ]
)
