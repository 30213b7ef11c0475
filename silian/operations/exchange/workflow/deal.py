"""The life of a deal (成交流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.exchange.choices import DealState as S

deal = Workflow(
    [
        Transition(
            name="complete", label="登记完成", sources=frozenset({S.RUNNING}), target=S.COMPLETED
        ),
        Transition(
            name="break_off", label="登记中止", sources=frozenset({S.RUNNING}), target=S.BROKEN_OFF
        ),
    ]
)
