"""The life of a safety course (岗前安全培训课程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.placements.choices.learning import (
    CourseState as S,
)


def reason_not_publishable(*, questions: int, asked: int, mark: int | None) -> str | None:
    """Why a course cannot be offered yet, or None."""
    if questions < asked:
        return f"题库有 {questions} 题，少于每次抽题数 {asked}，请补题或减少抽题数。"
    if mark is None:
        return "合格分未设定。请在课程或“实习管理设置”里填写合格分后再发布。"
    return None


course = Workflow(
    [
        Transition(
            name="publish",
            label="发布课程",
            sources=frozenset({S.DRAFT}),
            target=S.PUBLISHED,
            guard=reason_not_publishable,
        ),
        Transition(
            name="withdraw",
            label="停用课程",
            sources=frozenset({S.PUBLISHED}),
            target=S.WITHDRAWN,
        ),
    ]
)
