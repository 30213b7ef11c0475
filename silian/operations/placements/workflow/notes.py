"""The life of a weekly note (实习周记)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.placements.choices.learning import (
    NoteState as S,
)

note = Workflow(
    [
        Transition(
            name="submit",
            label="提交周记",
            sources=frozenset({S.SUBMITTED, S.RETURNED}),
            target=S.SUBMITTED,
        ),
        Transition(name="tick", label="确认", sources=frozenset({S.SUBMITTED}), target=S.TICKED),
        Transition(
            name="return", label="请学生补充", sources=frozenset({S.SUBMITTED}), target=S.RETURNED
        ),
    ]
)
