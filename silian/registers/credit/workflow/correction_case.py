"""The life of a correction case (责令改正流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.registers.credit.choices import OPEN_CASE_STATES
from silian.registers.credit.choices import CaseState as S
from silian.registers.credit.rules import reason_not_noticed, reason_not_refusable

correction_case = Workflow(
    [
        Transition(
            name="order", label="责令限期改正", sources=frozenset({S.FOUND}), target=S.ORDERED
        ),
        Transition(
            name="report",
            label="报告改正情况",
            sources=frozenset({S.ORDERED, S.REFUSED, S.NOTICED}),
            target=S.REPORTED,
        ),
        Transition(
            name="accept", label="核实已改正", sources=frozenset({S.REPORTED}), target=S.CORRECTED
        ),
        Transition(
            name="return", label="退回继续改正", sources=frozenset({S.REPORTED}), target=S.ORDERED
        ),
        Transition(
            name="refuse",
            label="认定拒不改正",
            sources=frozenset({S.ORDERED}),
            target=S.REFUSED,
            guard=reason_not_refusable,
        ),
        Transition(
            name="give_notice",
            label="告知拟记入信用记录",
            sources=frozenset({S.REFUSED}),
            target=S.NOTICED,
        ),
        Transition(
            name="record",
            label="记入信用记录",
            sources=frozenset({S.NOTICED}),
            target=S.RECORDED,
            guard=reason_not_noticed,
        ),
        Transition(name="drop", label="撤销", sources=OPEN_CASE_STATES, target=S.DROPPED),
    ]
)
