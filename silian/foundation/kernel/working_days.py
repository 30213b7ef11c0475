"""The Chinese working-day calendar with 调休, overridable by date; deadlines counted in it.

The built-in arrangement comes from the package ``chinese_calendar``. For years that it does not
know yet, Monday to Friday count as working days and ``warning_for`` says so.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

import chinese_calendar
from chinese_calendar.constants import holidays, workdays

ONE_DAY = datetime.timedelta(days=1)
FIRST_KNOWN_YEAR = min(holidays).year
LAST_KNOWN_YEAR = max(*holidays, *workdays).year
MIDNIGHT = datetime.time()
MOST_DAYS_AHEAD = 366 * 30


@dataclass(frozen=True, kw_only=True)
class WorkingCalendar:
    """Which days are working days (工作日历); ``overrides`` win over the built-in arrangement."""

    overrides: Mapping[datetime.date, bool] = field(default_factory=dict)

    def is_working(self, day: datetime.date) -> bool:
        if day in self.overrides:
            return self.overrides[day]
        if knows(day.year):
            return chinese_calendar.is_workday(day)
        return day.weekday() < 5

    def add(self, starts: datetime.date, *, days: int) -> datetime.date:
        """The day that is ``days`` working days after ``starts``; the first day does not count.

        Basis: 《民法典》第二百零一条: 开始的当日不计入.
        """
        if abs(days) > MOST_DAYS_AHEAD:
            raise ValueError(f"{days} working days are more than the calendar reaches")
        step = ONE_DAY if days >= 0 else -ONE_DAY
        day, left = starts, abs(days)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def between(self, starts: datetime.date, ends: datetime.date) -> int:
        """How many working days lie in ``(starts, ends]``; negative when ``ends`` is earlier.

        ``add`` and ``between`` undo each other for working days.
        """
        if ends < starts:
            return -self.between(ends, starts)
        span = (ends - starts).days
        return sum(self.is_working(starts + ONE_DAY * n) for n in range(1, span + 1))

    def next_working(self, day: datetime.date) -> datetime.date:
        """The day itself when it is a working day, else the next one."""
        while not self.is_working(day):
            day += ONE_DAY
        return day


def knows(year: int) -> bool:
    """Whether the built-in arrangement covers the year."""
    return FIRST_KNOWN_YEAR <= year <= LAST_KNOWN_YEAR


def warning_for(year: int) -> str:
    """What to say about a year without a published arrangement; empty when it is known."""
    if knows(year):
        return ""
    return f"{year} 年放假安排尚未载入，暂按周一至周五为工作日计算，安排公布后可能变动。"


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A day by whose end something must be done, and what is uncertain about it (期限).

    ``due_at`` is the midnight that ends the day: it is late from that moment on.
    """

    due_on: datetime.date
    due_at: datetime.datetime
    warning: str = ""


def deadline(
    starts: datetime.datetime,
    *,
    calendar: WorkingCalendar,
    working_days: int | None = None,
    days: int | None = None,
) -> Deadline:
    """The deadline after working days or natural days; natural ones move off a rest day.

    Basis: 《民法典》第二百零一条、第二百零三条: the first day does not count, a last day that is a
    rest day moves to the next working day, the last day ends at 24 时.
    """
    if (working_days is None) == (days is None):
        raise ValueError("give working_days or days")
    first = starts.date()
    if working_days is not None:
        due_on = calendar.add(first, days=working_days)
    else:
        due_on = calendar.next_working(first + ONE_DAY * (days or 0))
    due_at = datetime.datetime.combine(due_on + ONE_DAY, MIDNIGHT, tzinfo=starts.tzinfo)
    return Deadline(due_on=due_on, due_at=due_at, warning=warning_for(due_on.year))


def add_working_days(
    starts: datetime.date, days: int, *, calendar: WorkingCalendar
) -> datetime.date:
    """``days`` working days after ``starts``."""
    return calendar.add(starts, days=days)


def working_days_between(
    starts: datetime.date, ends: datetime.date, *, calendar: WorkingCalendar
) -> int:
    """Working days after ``starts`` up to and including ``ends``."""
    return calendar.between(starts, ends)
