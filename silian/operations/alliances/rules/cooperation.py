"""Which years of a project must be reported by when, and whether a forum was held in each."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

REPORT_DUE = (1, 31)  # operational: a month after the year, before the department's own report


def report_due_on(year: int) -> datetime.date:
    """The last day for the result of a year (年度成效报送期限)."""
    return datetime.date(year + 1, *REPORT_DUE)


def years_to_report(
    *, starts_on: datetime.date, ended_on: datetime.date | None, today: datetime.date
) -> list[int]:
    """The calendar years over by now in which the project was active, the oldest first."""
    last = today.year - 1 if ended_on is None else min(today.year - 1, ended_on.year)
    return list(range(starts_on.year, last + 1))


@dataclass(frozen=True, kw_only=True)
class ForumYear:
    """One year of a forum: held, called off with a reason, still ahead, or missing (论坛连续性)."""

    year: int
    words: str
    tone: str
    held_on: datetime.date | None = None


def continuity(
    *,
    first_year: int,
    ended_year: int | None,
    held: Mapping[int, datetime.date],
    reasons: Mapping[int, str],
    today: datetime.date,
) -> list[ForumYear]:
    """Every year from the first to now: was the forum held, and if not, why (继续办好)."""
    last = today.year if ended_year is None else min(ended_year, today.year)
    return [
        forum_year(year, held=held, reasons=reasons, today=today)
        for year in range(first_year, last + 1)
    ]


def forum_year(
    year: int,
    *,
    held: Mapping[int, datetime.date],
    reasons: Mapping[int, str],
    today: datetime.date,
) -> ForumYear:
    if year in held:
        return ForumYear(year=year, words="已举办", tone="ok", held_on=held[year])
    if year in reasons:
        return ForumYear(year=year, words=f"未举办：{reasons[year]}", tone="unset")
    if year == today.year:
        return ForumYear(year=year, words="本年待举办", tone="open")
    return ForumYear(year=year, words="没有记录", tone="watch")
