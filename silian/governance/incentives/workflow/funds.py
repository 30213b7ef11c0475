"""The lives of funds and of what is handed to them (产业化基金、投递)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.incentives.choices.finance import FundState, PitchState

F, P = FundState, PitchState
WAITING = frozenset({P.SUBMITTED, P.ROADSHOW})

industry_fund = Workflow(
    [
        Transition(
            name="open",
            label="公布基金",
            sources=frozenset({F.DRAFT, F.CLOSED}),
            target=F.OPEN,
        ),
        Transition(name="close", label="停止投资", sources=frozenset({F.OPEN}), target=F.CLOSED),
    ]
)
fund_pitch = Workflow(
    [
        Transition(
            name="roadshow", label="约定路演", sources=frozenset({P.SUBMITTED}), target=P.ROADSHOW
        ),
        Transition(name="accept", label="同意投资", sources=WAITING, target=P.ACCEPTED),
        Transition(name="decline", label="答复不投资", sources=WAITING, target=P.DECLINED),
        Transition(name="withdraw", label="撤回投递", sources=WAITING, target=P.WITHDRAWN),
    ]
)
