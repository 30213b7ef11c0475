"""The life of an internship on one page (学生实习)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.placements.choices.internships import (
    InternshipSide as Side,
)
from silian.operations.placements.choices.internships import (
    InternshipState as S,
)
from silian.operations.placements.rules import internship_life as rules

internship = Workflow(
    [
        Transition(
            name="prepare",
            label="开始办理手续",
            sources=frozenset({S.PLANNED}),
            target=S.PREPARING,
            guard=rules.reason_not_preparable,
        ),
        Transition(
            name="start",
            label="到岗",
            sources=frozenset({S.PREPARING}),
            target=S.IN_POST,
            guard=rules.reason_not_startable,
        ),
        Transition(
            name="change_post",
            label="换岗",
            sources=frozenset({S.IN_POST}),
            target=S.IN_POST,
            guard=rules.reason_not_movable,
        ),
        Transition(
            name="interrupt",
            label="中断",
            sources=frozenset({S.IN_POST}),
            target=S.INTERRUPTED,
            guard=rules.reason_without_words,
        ),
        Transition(
            name="resume",
            label="恢复",
            sources=frozenset({S.INTERRUPTED}),
            target=S.IN_POST,
            guard=rules.reason_not_resumable,
        ),
        Transition(
            name="finish",
            label="期满",
            sources=frozenset({S.IN_POST, S.INTERRUPTED}),
            target=S.FINISHED,
            guard=rules.reason_not_finished,
        ),
        Transition(
            name="end_early",
            label="提前结束",
            sources=frozenset({S.IN_POST, S.INTERRUPTED}),
            target=S.ENDED_EARLY,
            guard=rules.reason_not_ended_early,
        ),
        Transition(
            name="cancel",
            label="取消",
            sources=frozenset({S.PLANNED, S.PREPARING}),
            target=S.CANCELLED,
            guard=rules.reason_without_words,
        ),
        Transition(
            name="assess",
            label="考核",
            sources=frozenset({S.FINISHED, S.ENDED_EARLY}),
            target=S.ASSESSED,
        ),
    ]
)

TAKEN_BY: dict[str, frozenset[Side]] = {
    "prepare": frozenset({Side.SCHOOL}),
    "start": frozenset({Side.SCHOOL, Side.HOST}),
    "change_post": frozenset({Side.SCHOOL, Side.SYSTEM}),
    "interrupt": frozenset({Side.SCHOOL, Side.HOST, Side.SYSTEM}),
    "resume": frozenset({Side.SCHOOL}),
    "finish": frozenset({Side.SYSTEM}),
    "end_early": frozenset({Side.SCHOOL, Side.HOST, Side.STUDENT, Side.SYSTEM}),
    "cancel": frozenset({Side.SCHOOL, Side.SYSTEM}),
    "assess": frozenset({Side.SCHOOL}),
}
"""Who takes each step. A guardian consents and signs, and takes no step of the life itself.

The system changes a post on the day of the signed amendment, interrupts and ends with the
agreement, finishes by the term, and cancels what never began.
"""


def steps_of(*, state: S, side: Side) -> list[str]:
    """The steps that the table gives this side in this state (可办步骤)."""
    return [step.name for step in internship.steps_from(state) if side in TAKEN_BY[step.name]]
