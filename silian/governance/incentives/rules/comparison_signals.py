"""What lists of other authorities say against the days of a claim (外部比对规则).

A person who is missing from a list means something only where the list names everybody of the
employer and month; elsewhere nothing is concluded.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from silian.governance.incentives.rules.months import months_later

Days = tuple[datetime.date, datetime.date]
SHOWN_MONTHS = 4  # in a row; more are told by their number


@dataclass(frozen=True, kw_only=True)
class Month:
    """One month of a person at an employer, as a list shows it (按月记录)."""

    month: datetime.date
    employer_code: str
    employer_name: str


@dataclass(frozen=True, kw_only=True)
class Span:
    """A period of a person; one without an end is known until the day of its list (起止)."""

    starts: datetime.date
    ends: datetime.date | None
    as_of: datetime.date


def months_within(days: Days) -> list[datetime.date]:
    """Whole calendar months of a period; people join and leave within the others (整月).

    >>> [f"{each:%m}" for each in months_within((datetime.date(2025, 3, 2),
    ...     datetime.date(2025, 6, 1)))]
    ['04', '05']
    """
    starts, ends = days
    month = starts if starts.day == 1 else months_later(starts.replace(day=1), 1)
    found = []
    while months_later(month, 1) <= ends:
        found.append(month)
        month = months_later(month, 1)
    return found


def absent_months(
    days: Days, *, complete: Collection[datetime.date], known: Iterable[Month]
) -> list[datetime.date]:
    """Whole months for which a complete list exists and no list names the person (无记录月份)."""
    there = {each.month for each in known}
    return [each for each in months_within(days) if each in complete and each not in there]


def months_elsewhere(days: Days, *, own_code: str, known: Iterable[Month]) -> list[Month]:
    """Whole months in which another employer is named; without an own code nothing is said."""
    within = set(months_within(days))
    rows = (each for each in known if each.month in within and each.employer_code != own_code)
    return sorted(rows, key=lambda each: (each.month, each.employer_code)) if own_code else []


def died_before_end(days: Days, died: datetime.date) -> bool:
    """Whether the person was dead on a day that the claim counts (期间已死亡)."""
    return died < days[1] - datetime.timedelta(days=1)


def days_shared(days: Days, span: Span) -> Days | None:
    """The days that a period and the claim have in common, or None (重叠的日子)."""
    known_until = span.as_of + datetime.timedelta(days=1)
    starts, ends = max(days[0], span.starts), min(days[1], span.ends or known_until)
    return (starts, ends) if starts < ends else None


def words_of_months(months: Iterable[datetime.date]) -> str:
    """Months in words: the first few, and how many in all.

    >>> words_of_months([datetime.date(2025, 3, 1), datetime.date(2025, 4, 1)])
    '2025-03、2025-04'
    """
    rows = sorted(set(months))
    shown = "、".join(f"{each:%Y-%m}" for each in rows[:SHOWN_MONTHS])
    return f"{shown} 等 {len(rows)} 个月" if len(rows) > SHOWN_MONTHS else shown
