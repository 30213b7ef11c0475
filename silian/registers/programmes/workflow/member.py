"""What becomes of a student of a class (学籍状态)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.registers.programmes.choices import MemberState as S

member = Workflow(
    [
        Transition(
            name="take_leave", label="休学", sources=frozenset({S.STUDYING}), target=S.ON_LEAVE
        ),
        Transition(name="return", label="复学", sources=frozenset({S.ON_LEAVE}), target=S.STUDYING),
        Transition(
            name="leave", label="离校", sources=frozenset({S.STUDYING, S.ON_LEAVE}), target=S.LEFT
        ),
        Transition(
            name="graduate", label="毕业", sources=frozenset({S.STUDYING}), target=S.GRADUATED
        ),
    ]
)
