"""The life of a return: report, check, correct (职工教育经费年度报告流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.learning.choices import ReturnState as S
from silian.operations.learning.rules.figures import (
    reason_not_acceptable,
    reason_not_confirmable,
    reason_not_orderable,
    reason_not_returnable,
    reason_not_submittable,
    reason_not_withdrawable,
)

fund_return = Workflow(
    [
        Transition(
            name="submit",
            label="提交",
            sources=frozenset({S.DRAFT, S.FIXING, S.SUBMITTED, S.CONFIRMED}),
            target=S.SUBMITTED,
            guard=reason_not_submittable,
        ),
        Transition(
            name="withdraw",
            label="撤回",
            sources=frozenset({S.SUBMITTED}),
            target=S.DRAFT,
            guard=reason_not_withdrawable,
        ),
        Transition(
            name="return",
            label="退回补正",
            sources=frozenset({S.SUBMITTED}),
            target=S.FIXING,
            guard=reason_not_returnable,
        ),
        Transition(
            name="confirm",
            label="确认",
            sources=frozenset({S.SUBMITTED}),
            target=S.CONFIRMED,
            guard=reason_not_confirmable,
        ),
        Transition(
            name="order",
            label="责令改正",
            sources=frozenset({S.SUBMITTED}),
            target=S.ORDERED,
            guard=reason_not_orderable,
        ),
        Transition(
            name="report",
            label="报告改正",
            sources=frozenset({S.ORDERED, S.REFUSED}),
            target=S.REPORTED,
            guard=reason_not_submittable,
        ),
        Transition(
            name="accept",
            label="核实已改正",
            sources=frozenset({S.REPORTED}),
            target=S.CORRECTED,
            guard=reason_not_acceptable,
        ),
        Transition(
            name="send_back",
            label="退回继续改正",
            sources=frozenset({S.REPORTED}),
            target=S.ORDERED,
        ),
        Transition(
            name="refuse", label="认定拒不改正", sources=frozenset({S.ORDERED}), target=S.REFUSED
        ),
        Transition(
            name="reopen",
            label="撤销责令改正",
            sources=frozenset({S.ORDERED, S.REPORTED, S.REFUSED}),
            target=S.SUBMITTED,
        ),
    ]
)
