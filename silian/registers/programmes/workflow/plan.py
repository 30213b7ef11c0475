"""The life of a version of a training plan (人才培养方案)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.registers.programmes.choices import PlanState as S
from silian.registers.programmes.rules.life import (
    reason_plan_not_agreed,
    reason_plan_not_ready,
    reason_without_reason,
)

plan = Workflow(
    [
        Transition(
            name="submit",
            label="提交审定",
            sources=frozenset({S.DRAFT}),
            target=S.SUBMITTED,
            guard=reason_plan_not_ready,
        ),
        Transition(
            name="send_back",
            label="退回修改",
            sources=frozenset({S.SUBMITTED}),
            target=S.DRAFT,
            guard=reason_without_reason,
        ),
        Transition(
            name="approve",
            label="审定",
            sources=frozenset({S.SUBMITTED}),
            target=S.APPROVED,
            guard=reason_plan_not_agreed,
        ),
        Transition(
            name="supersede", label="被替代", sources=frozenset({S.APPROVED}), target=S.SUPERSEDED
        ),
    ]
)
