"""Whole months and days of law, without a calendar service (整月与期限)."""

from __future__ import annotations

import datetime
from calendar import monthrange

MONTHS_A_YEAR = 12


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day some months on; the last day of a shorter month."""
    place = day.year * MONTHS_A_YEAR + day.month - 1 + months
    year, month = divmod(place, MONTHS_A_YEAR)
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole_months(starts: datetime.date, ends: datetime.date) -> int:
    """How many whole months lie in the half-open period (整月数)."""
    if ends <= starts:
        return 0
    count = (ends.year - starts.year) * MONTHS_A_YEAR + ends.month - starts.month
    return count if months_later(starts, count) <= ends else count - 1


def months_in_year(starts: datetime.date, ends: datetime.date, *, year: int) -> int:
    """Whole months of the part of ``[starts, ends)`` that lies in a year."""
    first, after = datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1)
    return whole_months(max(starts, first), min(ends, after))


def tenths_of_years(months: int) -> int:
    """Months as tenths of a year, the rest left out (培训年数保留一位小数)."""
    return months * 10 // MONTHS_A_YEAR


def last_day_of(year: int, *, months_after: int) -> datetime.date:
    """The last day on which something due so many months after the year's end is in time."""
    return months_later(datetime.date(year + 1, 1, 1), months_after) - datetime.timedelta(days=1)
