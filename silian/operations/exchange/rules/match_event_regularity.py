"""Whether events are held in every period, as undertaken (常态化检查).

Basis: 常态化、制度化组织各类产教对接活动.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

MONTHS_OF = {"month": 1, "quarter": 3, "half_year": 6}
HALVES = ("上半年", "下半年")


@dataclass(frozen=True, kw_only=True)
class RegularPeriod:
    """One period and how many events were held in it; half-open days."""

    name: str
    starts: datetime.date
    ends: datetime.date
    held: int = 0
    running: bool = False

    @property
    def is_gap(self) -> bool:
        """Over, and nothing was held."""
        return not self.held and not self.running


def period_of(day: datetime.date, *, rhythm: str) -> tuple[datetime.date, datetime.date]:
    """First day of the period in which ``day`` lies, and of the next one."""
    months = MONTHS_OF[rhythm]
    first = (day.month - 1) // months * months
    starts = datetime.date(day.year, first + 1, 1)
    following = day.year * 12 + first + months
    return starts, datetime.date(following // 12, following % 12 + 1, 1)


def period_name(starts: datetime.date, *, rhythm: str) -> str:
    """2026年3月; 2026年第1季度; 2026年上半年."""
    if rhythm == "month":
        return f"{starts.year}年{starts.month}月"
    if rhythm == "quarter":
        return f"{starts.year}年第{(starts.month - 1) // 3 + 1}季度"
    return f"{starts.year}年{HALVES[(starts.month - 1) // 6]}"


def regular_periods(
    *, held_on: Iterable[datetime.date], rhythm: str, since: datetime.date, today: datetime.date
) -> list[RegularPeriod]:
    """Every period from the one of ``since`` to the running one, oldest first."""
    days = list(held_on)
    found = []
    starts, ends = period_of(since, rhythm=rhythm)
    while starts <= today:
        found.append(
            RegularPeriod(
                name=period_name(starts, rhythm=rhythm),
                starts=starts,
                ends=ends,
                held=sum(starts <= day < ends for day in days),
                running=ends > today,
            )
        )
        starts, ends = period_of(ends, rhythm=rhythm)
    return found


def gap_sentence(periods: Iterable[RegularPeriod]) -> str:
    """The periods without an event, in words."""
    gaps = [period.name for period in periods if period.is_gap]
    return f"{'、'.join(gaps)}未举办" if gaps else "各期均已举办"
