"""How a deadline reads: what is left or overdue, in which unit, until when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import overload

from django.utils import timezone

from silian.foundation.kernel.lateness import days_late
from silian.foundation.ui.components import Tone

WATCH_FROM = 2  # days left at which a clock turns to watch, after the look's rules for clocks


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A clock as shown: 余 2 工作日, 3月19日 24 时截止 (时限)."""

    word: str
    number: int
    unit: str
    until: str
    tone: Tone


def clock_reading(
    *,
    due: datetime.datetime,
    now: datetime.datetime,
    working_days: int | None = None,
    ending: str = "截止",
) -> Reading:
    """The reading at ``now``; working days are counted by the caller's calendar.

    >>> zone = datetime.timezone.utc
    >>> clock_reading(
    ...     due=datetime.datetime(2026, 3, 20, 0, 0, tzinfo=zone),
    ...     now=datetime.datetime(2026, 3, 18, 9, 30, tzinfo=zone),
    ... ).until
    '3月19日 24 时截止'
    """
    late = now > due
    if working_days is not None:
        number, unit = abs(working_days), "工作日"
    elif late and is_midnight(due):
        last_day = due.date() - datetime.timedelta(days=1)
        number, unit = days_late(last_day=last_day, on=now.date()), "天"
    else:
        number, unit = calendar_distance(due=due, now=now)
    near = unit in {"小时", "分钟"} or number <= WATCH_FROM
    tone: Tone = "late" if late else ("watch" if near else "open")
    return Reading(
        word="逾期" if late else "余",
        number=number,
        unit=unit,
        until=until_text(due=due, now=now) + ending,
        tone=tone,
    )


@overload
def end_of(day: datetime.date) -> datetime.datetime: ...
@overload
def end_of(day: datetime.date | None) -> datetime.datetime | None: ...
def end_of(day: datetime.date | None) -> datetime.datetime | None:
    """The midnight that ends a day, which is how a last day reads on a clock (当日 24 时)."""
    if day is None:
        return None
    following = day + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(following, datetime.time()))


def is_midnight(moment: datetime.datetime) -> bool:
    """Whether a deadline is the end of a day; it is then late by days, not by hours."""
    return moment.hour == moment.minute == moment.second == 0


def calendar_distance(*, due: datetime.datetime, now: datetime.datetime) -> tuple[int, str]:
    """Whole days between the two, or hours and minutes within the last day."""
    seconds = abs((due - now).total_seconds())
    if seconds >= 86_400:
        return int(seconds // 86_400), "天"
    if seconds >= 3_600:
        return int(seconds // 3_600), "小时"
    return int(seconds // 60), "分钟"


def until_text(*, due: datetime.datetime, now: datetime.datetime) -> str:
    """The day and hour; midnight is 24 时 of the day before, another year is named."""
    midnight = is_midnight(due)
    day = due.date() - datetime.timedelta(days=1) if midnight else due.date()
    whole = "24 时" if midnight else f"{due.hour} 时"
    hour = whole if due.minute == 0 else f"{due:%H:%M} "
    year = "" if day.year == now.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日 {hour}"
