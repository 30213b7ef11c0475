"""When a body must meet again, how meetings and decisions are numbered, who makes a quorum."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from silian.operations.alliances.choices.coordination import Rhythm

MONTHS = {
    Rhythm.MONTHLY: 1,
    Rhythm.QUARTERLY: 3,
    Rhythm.HALF_YEARLY: 6,
    Rhythm.YEARLY: 12,
}
NUMBER = re.compile(r"(\d{4})年第(\d+)次")


def period_start(day: datetime.date, *, rhythm: Rhythm) -> datetime.date:
    """The first day of the period of the rhythm in which the day lies (本期)."""
    months = MONTHS[rhythm]
    return datetime.date(day.year, (day.month - 1) // months * months + 1, 1)


def period_end(day: datetime.date, *, rhythm: Rhythm) -> datetime.date:
    """The last day of that period."""
    start = period_start(day, rhythm=rhythm)
    month = start.month + MONTHS[rhythm]
    year, month = start.year + (month - 1) // 12, (month - 1) % 12 + 1
    return datetime.date(year, month, 1) - datetime.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a body stands against its rhythm (定期研究工作情况)."""

    text: str
    tone: str
    due_on: datetime.date | None = None


def standing(*, rhythm: str, held: Iterable[datetime.date], today: datetime.date) -> Standing:
    """Whether the body has met in this period; without a rhythm nothing is judged.

    Basis: 定期研究工作 is demanded without a length, so an empty rhythm reads 未设定.
    """
    if not rhythm:
        return Standing(text="周期未设定", tone="unset")
    kind = Rhythm(rhythm)
    start, end = period_start(today, rhythm=kind), period_end(today, rhythm=kind)
    if any(start <= day <= end for day in held):
        return Standing(text="本期已研究", tone="ok")
    return Standing(text="本期尚未研究", tone="watch", due_on=end)


def next_number(*, year: int, numbers: Iterable[str]) -> str:
    """The number of a body's next meeting in a year: 2026年第3次."""
    taken = [
        int(match[2])
        for number in numbers
        if (match := NUMBER.fullmatch(number)) and int(match[1]) == year
    ]
    return f"{year}年第{max(taken, default=0) + 1}次"


def decision_number(*, meeting: str, count: int) -> str:
    """The number of the next decision of a meeting: 2026年第3次-2."""
    return f"{meeting}-{count + 1}"
