"""How long a side may be silent, and how long it was."""

from __future__ import annotations

import datetime

from silian.foundation.kernel.working_days import WorkingCalendar

# Operational settings of the platform, not law. A working week is what an office can plan with,
# for a letter and for a proposal alike; signing an agreement takes a month of offices.
ANSWER_DAYS = 5
INTENT_DAYS = 5
AGREEMENT_DAYS = 20
VERIFY_DAYS = 3
REMIND_DAYS = 2
OFFICE_OPENS = datetime.time(9)
OFFICE_CLOSES = datetime.time(17)
DAY = datetime.timedelta(days=1)


def due_after(
    moment: datetime.datetime, *, days: int, calendar: WorkingCalendar
) -> datetime.datetime:
    """The end (24 时) of the ``days``-th working day after ``moment``, in its own zone."""
    last = calendar.add(moment.date(), days=days)
    return datetime.datetime.combine(last + DAY, datetime.time(), tzinfo=moment.tzinfo)


def working_days_left(
    *, now: datetime.datetime, due: datetime.datetime, calendar: WorkingCalendar
) -> int:
    """Working days after today up to the last day of the clock; negative when it is past."""
    last = (due - datetime.timedelta(microseconds=1)).date()
    return calendar.between(now.date(), last)


def working_minutes(
    *, since: datetime.datetime, until: datetime.datetime, calendar: WorkingCalendar
) -> int:
    """Minutes of office hours on working days between the two moments (工作时间)."""
    day, seconds = since.date(), 0.0
    while day <= until.date():
        if calendar.is_working(day):
            seconds += office_seconds(day=day, since=since, until=until)
        day += DAY
    return int(seconds // 60)


def office_seconds(
    *, day: datetime.date, since: datetime.datetime, until: datetime.datetime
) -> float:
    """How much of the day's office hours lies between the two moments."""
    opens = datetime.datetime.combine(day, OFFICE_OPENS, tzinfo=since.tzinfo)
    closes = datetime.datetime.combine(day, OFFICE_CLOSES, tzinfo=since.tzinfo)
    return max(0.0, (min(closes, until) - max(opens, since)).total_seconds())
