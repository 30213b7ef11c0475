"""Rows put into groups by the database: one query tells every division and every period."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    DateField,
    Expression,
    F,
    FloatField,
    Func,
    QuerySet,
    Sum,
)
from django.db.models.functions import (
    TruncDate,
    TruncMonth,
    TruncQuarter,
    TruncYear,
)
from django.utils import timezone

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.registry import Reduction
from silian.foundation.kernel.periods import ACADEMIC_YEAR_STARTS, Period

MOMENT = "_at"  # names of moments end so; those of days end in _on


class Areas(Func):
    """The digits of every level that a division belongs to: 990104 → 99, 9901, 990104."""

    function = "unnest"
    set_returning = True
    template = "unnest(ARRAY[left(%(expressions)s, 2), left(%(expressions)s, 4), %(expressions)s])"


class Median(Aggregate):
    """The middle value (中位数)."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


def within(rows: QuerySet[Any], *, day: str, period: Period) -> QuerySet[Any]:
    """The rows whose day lies in the half-open period."""
    starts: Any = period.starts
    ends: Any = period.ends
    if day.endswith(MOMENT):
        starts, ends = start_of(period.starts), start_of(ends)
    return rows.filter(**{f"{day}__gte": starts, f"{day}__lt": ends})


def start_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def in_subtree(rows: QuerySet[Any], *, division: str, prefix: str) -> QuerySet[Any]:
    """The rows that stand in the division or anywhere below it."""
    return rows.filter(**{f"{division}__code__startswith": prefix}) if prefix else rows


def by_area(
    rows: QuerySet[Any], *, division: str, day: str, kind: PeriodKind, reduce: Reduction
) -> QuerySet[Any]:
    """Every area and period; a row stands once in each area that it belongs to.

    For values that cannot be added up from groups of rows: medians, different things.
    """
    return grouped(rows, place=Areas(F(division)), day=day, kind=kind, reduce=reduce)


def by_own_division(
    rows: QuerySet[Any], *, division: str, day: str, reduce: Reduction
) -> QuerySet[Any]:
    """Each row once, with those of the same division and month.

    A value of a region is the sum over all of these groups in it, so no row counts twice and no
    value is put together from the values of parts.
    """
    return grouped(rows, place=F(division), day=day, kind=PeriodKind.MONTH, reduce=reduce)


def grouped(
    rows: QuerySet[Any], *, place: Any, day: str, kind: PeriodKind, reduce: Reduction
) -> QuerySet[Any]:
    """Groups with their number of rows and the part that the reduction asks for."""
    keys: dict[str, Any] = {"metric_place": place}
    if day:
        date: Any = TruncDate(day) if day.endswith(MOMENT) else F(day)
        keys["metric_start"] = start_expression(date, kind=kind)
    sums: dict[str, Any] = {"row_count": Count("pk")}
    if part := part_of(reduce):
        sums["part"] = part
    if reduce.over:
        sums["whole"] = Sum(reduce.over)
    return rows.order_by().annotate(**keys).values(*keys).annotate(**sums).order_by()


def start_expression(date: Any, *, kind: PeriodKind) -> Expression:
    """The first day of the period in which the row's day lies."""
    if kind is PeriodKind.MONTH:
        return TruncMonth(date, output_field=DateField())
    if kind is PeriodKind.QUARTER:
        return TruncQuarter(date, output_field=DateField())
    if kind is PeriodKind.YEAR:
        return TruncYear(date, output_field=DateField())
    if kind is PeriodKind.ACADEMIC_YEAR:
        return academic_start(date)
    return Func(date, template="%(expressions)s", output_field=DateField())


def academic_start(date: Any) -> Expression:
    """1 September of the school year in which the row's day lies."""
    later = f"interval '{ACADEMIC_YEAR_STARTS[0] - 1} months'"
    template = f"(date_trunc('year', (%(expressions)s) - {later}) + {later})::date"
    return Func(date, template=template, output_field=DateField())


def part_of(reduce: Reduction) -> Aggregate | None:
    """What is summed besides the rows themselves."""
    if reduce.name == "distinct":
        return Count(reduce.of, distinct=True)
    if reduce.name in ("total", "sum_share"):
        return Sum(reduce.of)
    if reduce.name == "median":
        return Median(reduce.of, output_field=FloatField())
    if reduce.name == "share":
        return Count("pk", filter=reduce.where)
    return None
