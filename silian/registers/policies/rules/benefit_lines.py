"""Conditions, papers and steps typed line by line (优惠政策填写)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

BAR = re.compile(r"\s*[|｜]\s*")
LONGEST_TEXT, LONGEST_ACTOR, LONGEST_PAPER = 200, 80, 120
MOST_LINES = 20
MOST_DAYS = 250  # a year of working days


class UnreadableLine(ValueError):
    """A line that does not follow the pattern; the text is shown to the user."""


@dataclass(frozen=True, kw_only=True)
class ConditionLine:
    """A condition as typed or ticked."""

    fact: str
    values: Sequence[str]
    text: str
    cure: str = ""


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """A step as typed: who does what within how many working days."""

    actor: str
    text: str
    working_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class BenefitPlan:
    """A benefit as its department writes it (优惠政策内容)."""

    kind: str
    title: str
    audiences: Sequence[str]
    given: str
    parameter_id: int | None
    authority: str
    clause_id: int | None
    basis: str
    contact: str
    valid_from: datetime.date
    valid_to: datetime.date | None
    conditions: Sequence[ConditionLine] = field(default_factory=tuple)
    materials: Sequence[str] = field(default_factory=tuple)
    steps: Sequence[StepLine] = field(default_factory=tuple)


def filled(text: str) -> list[str]:
    """The lines that say something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise UnreadableLine(f"写了 {len(lines)} 行，最多 {MOST_LINES} 行，请合并。")
    return lines


def statements_of(text: str, *, fact: str) -> list[ConditionLine]:
    """Conditions that a person confirms: 条件｜不符合时怎么办.

    >>> statements_of("已签订学徒协议｜先在平台签约", fact="statement")[0].cure
    '先在平台签约'
    """
    found = []
    for line in filled(text):
        words, _, cure = BAR.sub("|", line).partition("|")
        refuse_long(words, LONGEST_TEXT)
        refuse_long(cure, LONGEST_TEXT)
        found.append(ConditionLine(fact=fact, values=(), text=words, cure=cure))
    return found


def steps_of(text: str) -> list[StepLine]:
    """Steps in order: 谁办｜做什么｜工作日, the days where there is a limit.

    >>> steps_of("申请单位｜提交材料\\n市财政局 | 审核 | 10")[1]
    StepLine(actor='市财政局', text='审核', working_days=10)
    """
    return [step_of(line) for line in filled(text)]


def step_of(line: str) -> StepLine:
    parts = BAR.split(line)
    if len(parts) not in (2, 3) or not all(parts):
        raise UnreadableLine(f"“{line[:30]}”应写成“谁办｜做什么”或“谁办｜做什么｜工作日”。")
    refuse_long(parts[0], LONGEST_ACTOR)
    refuse_long(parts[1], LONGEST_TEXT)
    return StepLine(actor=parts[0], text=parts[1], working_days=days_of(parts[2:]))


def days_of(parts: Sequence[str]) -> int | None:
    if not parts:
        return None
    digits = parts[0].removesuffix("个工作日").removesuffix("工作日").strip()
    if not digits.isdecimal() or not 1 <= int(digits) <= MOST_DAYS:
        raise UnreadableLine(f"“{parts[0][:20]}”不是工作日数，请填 1 到 {MOST_DAYS} 的整数。")
    return int(digits)


def papers_of(text: str) -> list[str]:
    """Papers to hand in, one a line."""
    papers = filled(text)
    for paper in papers:
        refuse_long(paper, LONGEST_PAPER)
    return papers


def refuse_long(words: str, most: int) -> None:
    if len(words) > most:
        raise UnreadableLine(f"“{words[:20]}…”超过 {most} 字，请写短一些。")
