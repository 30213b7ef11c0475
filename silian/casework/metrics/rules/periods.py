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
        period = period_holding(last_moment(period), kind=kind)


def last_moment(period: Period) -> datetime.date:
    """The first day after the period."""
    if period.ends is None:
        raise ValueError("an open period has no day after it")
    return period.ends


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
