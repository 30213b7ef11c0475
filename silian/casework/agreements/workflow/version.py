"""The life of one version of an agreement (协议版本流程)."""

from __future__ import annotations

from silian.casework.agreements.choices import VersionState as S
from silian.casework.agreements.workflow.agreement import reason_not_all_signed
from silian.foundation.kernel.workflow import Transition, Workflow

version = Workflow(
    [
        Transition(name="send", label="送签", sources=frozenset({S.DRAFT}), target=S.SIGNING),
        Transition(
            name="complete",
            label="签齐",
            sources=frozenset({S.SIGNING}),
            target=S.SIGNED,
            guard=reason_not_all_signed,
        ),
        Transition(name="refuse", label="拒签", sources=frozenset({S.SIGNING}), target=S.REFUSED),
        Transition(name="lapse", label="逾期未签", sources=frozenset({S.SIGNING}), target=S.LAPSED),
        Transition(
            name="withdraw",
            label="撤回",
            sources=frozenset({S.DRAFT, S.SIGNING}),
            target=S.WITHDRAWN,
        ),
    ]
)
