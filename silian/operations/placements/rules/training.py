"""The safety test: how a question is written, how a paper is marked, how long a pass holds."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

EXPLANATION = "解析："
MARKS = ("*", "＊")
ATTEMPTS_A_DAY = 5  # a paper is drawn anew each time; more sittings a day are guessing


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question with its key (题目)."""

    text: str
    options: tuple[str, ...]
    correct: frozenset[int]
    explanation: str = ""


class Unreadable(ValueError):
    """A question bank that cannot be read; the text says which question and why."""


def questions_of(text: str) -> list[Question]:
    """The questions of a bank: a blank line between them, ``*`` before each right option.

    >>> [question.correct for question in questions_of("先做什么？\\n*穿戴防护用品\\n开机")]
    [frozenset({0})]
    """
    blocks = [block.strip() for block in text.replace("\r", "").split("\n\n") if block.strip()]
    return [question_of(number, block) for number, block in enumerate(blocks, start=1)]


def question_of(number: int, block: str) -> Question:
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    explanation = "".join(
        line[len(EXPLANATION) :] for line in lines if line.startswith(EXPLANATION)
    )
    asked = [line for line in lines if not line.startswith(EXPLANATION)]
    if not asked:
        raise Unreadable(f"第 {number} 题只有解析，没有题目和选项。")
    head, rest = asked[0], asked[1:]
    correct = frozenset(place for place, line in enumerate(rest) if line.startswith(MARKS))
    options = tuple(line.lstrip("*＊").strip() for line in rest)
    if len(options) < 2:
        raise Unreadable(f"第 {number} 题至少要有 2 个选项，每个选项占一行。")
    if not correct:
        raise Unreadable(f"第 {number} 题没有标出正确选项，请在正确选项前加 *。")
    if len(set(options)) != len(options):
        raise Unreadable(f"第 {number} 题有重复的选项。")
    return Question(text=head, options=options, correct=correct, explanation=explanation)


def bank_text(questions: Sequence[Question]) -> str:
    """The bank as its author typed it."""
    blocks = []
    for question in questions:
        lines = [question.text]
        for place, option in enumerate(question.options):
            lines.append(f"*{option}" if place in question.correct else option)
        if question.explanation:
            lines.append(f"{EXPLANATION}{question.explanation}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def score_of(*, keys: Mapping[int, Collection[int]], answers: Mapping[int, Collection[int]]) -> int:
    """The marks out of 100, a question counting only when all its options are right (得分)."""
    if not keys:
        return 0
    right = sum(set(answers.get(pk, ())) == set(correct) for pk, correct in keys.items())
    return right * 100 // len(keys)


def required_mark(*, rule: int | None, school: int | None, course: int | None) -> int | None:
    """The strictest of the marks that are set; None when nobody set one (合格分)."""
    known = [mark for mark in (rule, school, course) if mark is not None]
    return max(known, default=None)


def valid_until(*, passed_on: datetime.date, months: int) -> datetime.date:
    """The first day on which a pass no longer holds (有效期至)."""
    place = passed_on.month - 1 + months
    year, month = passed_on.year + place // 12, place % 12 + 1
    for day in range(passed_on.day, 27, -1):
        try:
            return datetime.date(year, month, day)
        except ValueError:
            continue
    return datetime.date(year, month, passed_on.day)


def reason_not_sat(*, sittings_today: int) -> str | None:
    """Why no further sitting may begin today, or None."""
    if sittings_today < ATTEMPTS_A_DAY:
        return None
    return f"今天已测试 {sittings_today} 次，请再读一遍培训内容，明天再测。"
