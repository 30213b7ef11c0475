"""The life of an answer between a need and a provider (融资对接)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.incentives.choices.finance import AnswerState

S = AnswerState
TALKING = frozenset({S.ASKED, S.INTERESTED, S.DILIGENCE})

finance_answer = Workflow(
    [
        Transition(
            name="interest", label="答复有意向", sources=frozenset({S.ASKED}), target=S.INTERESTED
        ),
        Transition(
            name="diligence",
            label="开始尽职调查",
            sources=frozenset({S.ASKED, S.INTERESTED}),
            target=S.DILIGENCE,
        ),
        Transition(
            name="grant",
            label="登记同意",
            sources=frozenset({S.INTERESTED, S.DILIGENCE}),
            target=S.GRANTED,
        ),
        Transition(name="refuse", label="答复不同意", sources=TALKING, target=S.REFUSED),
        Transition(name="end", label="终止对接", sources=TALKING, target=S.ENDED),
    ]
)
