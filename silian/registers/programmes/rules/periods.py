"""Days of cohorts: when a school year begins and when students leave."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal

FIRST_MONTH, LAST_MONTH = 9, 7
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100


def school_year(on: datetime.date) -> int:
    """The year in which the school year of the day began (学年)."""
    return on.year if on.month >= FIRST_MONTH else on.year - 1


def cohort_days(*, year: int, years: Decimal) -> tuple[datetime.date, datetime.date]:
    """First day and day after the last of a cohort, unless the school says otherwise (学制)."""
    return (
        datetime.date(year, FIRST_MONTH, 1),
        datetime.date(year + math.ceil(years), LAST_MONTH, 1),
    )


def cohort_year_problem(year: int, *, on: datetime.date) -> str | None:
    """Why no cohort can be of this year, or None."""
    if not EARLIEST_YEAR <= year <= school_year(on) + 1:
        return f"年级应在 {EARLIEST_YEAR} 到 {school_year(on) + 1} 之间，请核对入学年份。"
    return None
