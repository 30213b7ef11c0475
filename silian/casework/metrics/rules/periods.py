"""The stretches of days that values are about: months, quarters, years, academic years."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from silian.casework.metrics.choices import PeriodKind
from silian.foundation.kernel.periods import (
    Period,
    academic_year,
    academic_year_name,
    academic_year_number,
    calendar_year,
    next_month,
)

ONE_DAY = datetime.timedelta(days=1)
HISTORY_MONTHS = 24  # two years show a trend with both of its seasons


def history_start(today: datetime.date, *, months: int = HISTORY_MONTHS) -> datetime.date:
    """The first day of the month from which series are kept by default (数列起点)."""
    number = today.year * 12 + today.month - 1 - (months - 1)
    return datetime.date(number // 12, number % 12 + 1, 1)


def period_holding(day: datetime.date, *, kind: PeriodKind) -> Period:
    """The period of ``kind`` in which the day lies (所属统计期)."""
    if kind is PeriodKind.DAY:
        return Period(day, day + ONE_DAY)
    if kind is PeriodKind.MONTH:
        return Period(day.replace(day=1), next_month(day))
    if kind is PeriodKind.QUARTER:
        starts = datetime.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        return Period(starts, next_month(starts + datetime.timedelta(days=62)))
    if kind is PeriodKind.YEAR:
        return calendar_year(day.year)
    return academic_year(academic_year_number(day))


def periods_from(
    since: datetime.date, *, until: datetime.date, kind: PeriodKind
) -> Iterator[Period]:
    """The periods from the one that holds ``since`` to the one that holds ``until``."""
    period = period_holding(since, kind=kind)
    while period.starts <= until:
        yield period
        period = period_holding(last_day(period) + ONE_DAY, kind=kind)


def last_day(period: Period) -> datetime.date:
    """The last day inside a closed period."""
    if period.last_day is None:
        raise ValueError("an open period has no last day")
    return period.last_day


def period_name(starts: datetime.date, *, kind: PeriodKind) -> str:
    """How documents write the period: 2026年3月, 2026年一季度, 2025—2026 学年."""
    if kind is PeriodKind.DAY:
        return f"{starts.year}年{starts.month}月{starts.day}日"
    if kind is PeriodKind.MONTH:
        return f"{starts.year}年{starts.month}月"
    if kind is PeriodKind.QUARTER:
        return f"{starts.year}年{'一二三四'[(starts.month - 1) // 3]}季度"
    if kind is PeriodKind.YEAR:
        return f"{starts.year}年"
    return academic_year_name(starts.year)
