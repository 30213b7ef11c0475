"""The life of an organisation's place in a group (集团联盟成员流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.alliances.choices.groups import MemberState as M

group_member = Workflow(
    [
        Transition(
            name="accept", label="同意加入", sources=frozenset({M.APPLIED}), target=M.ACTIVE
        ),
        Transition(
            name="confirm", label="确认加入", sources=frozenset({M.INVITED}), target=M.ACTIVE
        ),
        Transition(
            name="refuse",
            label="不同意",
            sources=frozenset({M.APPLIED, M.INVITED}),
            target=M.REFUSED,
        ),
        Transition(name="leave", label="退出", sources=frozenset({M.ACTIVE}), target=M.LEFT),
    ]
)
