"""The life of an internship plan and of a host's answer to it (实习方案)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.placements.choices.hosts import (
    AnswerState as A,
)
from silian.operations.placements.choices.hosts import (
    PlanState as S,
)
from silian.operations.placements.rules import plan_agreement as rules
from silian.operations.placements.rules.host_choice import reason_without_words

plan = Workflow(
    [
        Transition(
            name="send",
            label="发给实习单位确认",
            sources=frozenset({S.DRAFT}),
            target=S.SENT,
            guard=rules.reason_not_sendable,
        ),
        Transition(
            name="add_hosts",
            label="增加实习单位",
            sources=frozenset({S.SENT}),
            target=S.SENT,
            guard=rules.reason_not_sendable,
        ),
        Transition(
            name="add_hosts_later",
            label="签署后增加实习单位",
            sources=frozenset({S.APPROVED}),
            target=S.APPROVED,
            guard=rules.reason_not_sendable,
        ),
        Transition(name="reopen", label="退回修改", sources=frozenset({S.SENT}), target=S.DRAFT),
        Transition(
            name="sign",
            label="学校签署",
            sources=frozenset({S.SENT}),
            target=S.APPROVED,
            guard=rules.reason_not_signable,
        ),
        Transition(
            name="withdraw",
            label="撤回",
            sources=frozenset({S.DRAFT, S.SENT, S.APPROVED}),
            target=S.WITHDRAWN,
            guard=rules.reason_not_withdrawable,
        ),
    ]
)
host_answer = Workflow(
    [
        Transition(
            name="confirm", label="同意方案", sources=frozenset({A.WAITING}), target=A.CONFIRMED
        ),
        Transition(
            name="refuse",
            label="不同意方案",
            sources=frozenset({A.WAITING}),
            target=A.REFUSED,
            guard=reason_without_words,
        ),
    ]
)
