"""The life of a financing need (融资需求)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.incentives.choices.finance import NeedState

S = NeedState

financing_need = Workflow(
    [
        Transition(name="open", label="发布", sources=frozenset({S.DRAFT}), target=S.OPEN),
        Transition(name="met", label="登记已落实", sources=frozenset({S.OPEN}), target=S.MET),
        Transition(
            name="close", label="关闭", sources=frozenset({S.DRAFT, S.OPEN}), target=S.CLOSED
        ),
        Transition(
            name="reopen",
            label="重新征集",
            sources=frozenset({S.MET, S.CLOSED}),
            target=S.OPEN,
        ),
    ]
)
