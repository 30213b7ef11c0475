"""Hours of practice against the share that a region demands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

NO_HOURS = "还没有课程，无法计算实践课时比例。"


class Course(Protocol):
    """What counts of a course line."""

    kind: str
    theory_hours: int
    practice_hours: int
    internship_weeks: int


@dataclass(frozen=True, kw_only=True)
class Limit:
    """What a region demands on a day (规定); ``value`` None is 未设定."""

    value: Fraction | None
    is_mandatory: bool
    source: str

    @property
    def percent(self) -> str:
        return "未设定" if self.value is None else f"{float(self.value * 100):g}%"


UNSET = Limit(value=None, is_mandatory=False, source="")


@dataclass(frozen=True, kw_only=True)
class Hours:
    """The hours of a plan: all, those of practice, weeks of internship (课时)."""

    theory: int = 0
    practice: int = 0
    weeks: int = 0

    @property
    def total(self) -> int:
        return self.theory + self.practice

    @property
    def share(self) -> Fraction | None:
        """Practice hours ÷ all hours (实践性教学课时比例); None without any hours."""
        return Fraction(self.practice, self.total) if self.total else None

    @property
    def percent(self) -> str:
        return "—" if self.share is None else f"{float(self.share * 100):.1f}%"

    def missing(self, limit: Limit) -> int:
        """Hours of practice still missing when all hours stay as they are (还差课时)."""
        if limit.value is None:
            return 0
        return max(0, math.ceil(self.total * limit.value) - self.practice)


def hours_of(courses: Sequence[Course]) -> Hours:
    """The sums of a course table."""
    return Hours(
        theory=sum(row.theory_hours for row in courses),
        practice=sum(row.practice_hours for row in courses),
        weeks=sum(row.internship_weeks for row in courses),
    )


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How the hours stand against the limit: ``state`` is met, gap, breach, unset or empty."""

    state: str
    label: str
    tone: str
    sentence: str


def standing_of(*, hours: Hours, limit: Limit) -> Standing:
    """Whether the share reaches what the region demands (是否达到规定比例).

    Basis: 实践性教学课时不少于总课时的50%: 不少于, so that equality passes. Where a policy only
    says 原则上 a shortfall is a gap and no breach; where none speaks nothing is judged.
    """
    if hours.share is None:
        return Standing(state="empty", label="无课程", tone="unset", sentence=NO_HOURS)
    if limit.value is None:
        sentence = f"实践课时 {hours.percent}，本地区未设定比例要求。"
        return Standing(state="unset", label="未设定", tone="unset", sentence=sentence)
    if hours.share >= limit.value:
        sentence = f"实践课时 {hours.percent}，达到 {limit.percent}（{limit.source}）。"
        return Standing(state="met", label="达到", tone="ok", sentence=sentence)
    lack = hours.missing(limit)
    sentence = (
        f"实践课时 {hours.percent}，要求 {limit.percent}，还差 {lack} 学时（{limit.source}）。"
        "请在人才培养方案中增加实践课时。"
    )
    if limit.is_mandatory:
        return Standing(state="breach", label="不符合", tone="late", sentence=sentence)
    return Standing(state="gap", label="差距", tone="watch", sentence=sentence)
