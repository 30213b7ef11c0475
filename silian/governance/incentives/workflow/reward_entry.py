"""The life of an entry of the reward ledger (奖励台账流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.incentives.choices.rewards import EntryState as S

reward_entry = Workflow(
    [
        Transition(name="correct", label="更正", sources=frozenset({S.VALID}), target=S.CORRECTED),
        Transition(name="withdraw", label="撤回", sources=frozenset({S.VALID}), target=S.WITHDRAWN),
    ]
)
