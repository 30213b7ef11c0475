"""The life of a deciding meeting (审定会流程)."""

from __future__ import annotations

from silian.casework.reviews.choices.deciding import MeetingState as S
from silian.foundation.kernel.workflow import Transition, Workflow

meeting = Workflow(
    [
        Transition(
            name="open",
            label="登记到会",
            sources=frozenset({S.CALLED, S.OPEN}),
            target=S.OPEN,
        ),
        Transition(name="vote", label="表决", sources=frozenset({S.OPEN}), target=S.OPEN),
        Transition(name="close", label="结束会议", sources=frozenset({S.OPEN}), target=S.CLOSED),
    ]
)
