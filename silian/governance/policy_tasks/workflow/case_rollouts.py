"""The life of a request for province-wide rollout (全省推广流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.policy_tasks.choices import RolloutState as S

rollout = Workflow(
    [
        Transition(
            name="approve", label="同意推广", sources=frozenset({S.PROPOSED}), target=S.APPROVED
        ),
        Transition(
            name="decline", label="暂不推广", sources=frozenset({S.PROPOSED}), target=S.DECLINED
        ),
    ]
)
