"""The life of a nomination for the review pool (专家推荐流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.alliances.choices.nominations import NominationState as S

nomination = Workflow(
    [
        Transition(name="agree", label="同意", sources=frozenset({S.ASKED}), target=S.AGREED),
        Transition(name="decline", label="不同意", sources=frozenset({S.ASKED}), target=S.DECLINED),
        Transition(name="withdraw", label="撤回", sources=frozenset({S.ASKED}), target=S.WITHDRAWN),
    ]
)
