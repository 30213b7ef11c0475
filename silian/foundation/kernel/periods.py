"""Periods of days, half-open: the day it starts belongs to it, the day it ends does not."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

ACADEMIC_YEAR_STARTS = (9, 1)
SPRING_TERM_STARTS = (2, 1)


@dataclass(frozen=True, order=True)
class Period:
    """The days from ``starts`` up to, not including, ``ends`` (期间). ``ends`` None is open."""

    starts: datetime.date
    ends: datetime.date | None = None

    def __post_init__(self) -> None:
        if self.ends is not None and self.ends <= self.starts:
            raise ValueError(f"a period must end after it starts: {self.starts} – {self.ends}")

    def __contains__(self, day: datetime.date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)

    def __str__(self) -> str:
        if self.ends is None:
            return f"{self.starts:%Y-%m-%d} 起"
        return f"{self.starts:%Y-%m-%d} 至 {self.last_day:%Y-%m-%d}"

    @property
    def last_day(self) -> datetime.date | None:
        """The last day inside, as documents write it (截止日)."""
        return None if self.ends is None else self.ends - datetime.timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days lie inside; an open period has no number."""
        if self.ends is None:
            raise ValueError("an open period has no number of days")
        return (self.ends - self.starts).days

    def overlaps(self, other: Period) -> bool:
        return self.intersection(other) is not None

    def intersection(self, other: Period) -> Period | None:
        """The days in both, or None."""
        starts = max(self.starts, other.starts)
        limits = [ends for ends in (self.ends, other.ends) if ends is not None]
        ends = min(limits) if limits else None
        if ends is not None and ends <= starts:
            return None
        return Period(starts, ends)

    def meets(self, other: Period) -> bool:
        """Whether ``other`` starts on the day this one ends."""
        return self.ends == other.starts


class YearKind(StrEnum):
    """The three years that the platform counts in."""

    CALENDAR = "calendar"
    FISCAL = "fiscal"
    ACADEMIC = "academic"


def calendar_year(year: int) -> Period:
    """1 January to 31 December (自然年)."""
    return Period(datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1))


def fiscal_year(year: int) -> Period:
    """The budget year, equal to the calendar year (预算年度).

    Basis: 《中华人民共和国预算法》第十八条.
    """
    return calendar_year(year)


def academic_year(year: int) -> Period:
    """The school year that starts on 1 September of ``year`` (学年)."""
    month, day = ACADEMIC_YEAR_STARTS
    return Period(datetime.date(year, month, day), datetime.date(year + 1, month, day))


def year_of(day: datetime.date, *, kind: YearKind) -> Period:
    """The year of ``kind`` in which the day lies."""
    if kind is not YearKind.ACADEMIC:
        return calendar_year(day.year)
    return academic_year(academic_year_number(day))


def academic_year_number(day: datetime.date) -> int:
    """The calendar year in which the day's school year began: 2026-03-18 → 2025."""
    return day.year if (day.month, day.day) >= ACADEMIC_YEAR_STARTS else day.year - 1


def academic_year_name(year: int) -> str:
    """2025 → 2025—2026 学年."""
    return f"{year}—{year + 1} 学年"


@dataclass(frozen=True, order=True)
class Term:
    """One of the two terms of a school year (学期): 1 is autumn, 2 is spring."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if self.number not in (1, 2):
            raise ValueError(f"a school year has two terms, not {self.number}")

    def __str__(self) -> str:
        return f"{academic_year_name(self.year)}第{'一二'[self.number - 1]}学期"

    @property
    def period(self) -> Period:
        spring = datetime.date(self.year + 1, *SPRING_TERM_STARTS)
        whole = academic_year(self.year)
        return Period(whole.starts, spring) if self.number == 1 else Period(spring, whole.ends)

    def following(self) -> Term:
        return Term(self.year, 2) if self.number == 1 else Term(self.year + 1, 1)


def term_of(day: datetime.date) -> Term:
    """The term in which the day lies."""
    year = academic_year_number(day)
    first = Term(year, 1)
    return first if day in first.period else Term(year, 2)


def months_of(period: Period) -> Iterator[Period]:
    """The calendar months inside a closed period, the first and last one cut to it."""
    if period.ends is None:
        raise ValueError("an open period has no last month")
    starts = period.starts
    while starts < period.ends:
        following = next_month(starts)
        yield Period(starts, min(following, period.ends))
        starts = following


def next_month(day: datetime.date) -> datetime.date:
    """The first day of the month after the day's."""
    return (day.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
