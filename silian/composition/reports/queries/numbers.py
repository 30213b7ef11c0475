"""The numbers that matter, each with its change, its source and the way to its rows."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from silian.casework.metrics.choices import Direction, PeriodKind, Timing
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.queries.catalogue import metrics_named
from silian.casework.metrics.queries.values import values_for
from silian.casework.metrics.registry import Metric
from silian.composition.reports.rules.plans import CockpitPlan, PlannedNumber
from silian.composition.reports.rules.wording import plain, signed
from silian.foundation.ui.charts import Chart, Series

NO_METRIC, NO_VALUE = "暂无指标", "尚无数值"
MONTHS = 12  # a year of months shows the season
NOTHING = Decimal(0)
ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Number:
    """One of the ten numbers (十个数)."""

    code: str
    title: str
    text: str
    unit: str
    note: str
    source: str
    url: str
    as_of: str
    change: Decimal | None = None
    is_good: bool | None = None
    decimals: int = 0
    basis: str = "现为"

    @property
    def has_value(self) -> bool:
        return bool(self.url or self.as_of)

    @property
    def change_text(self) -> str:
        if self.change is None:
            return ""
        words = signed(self.change, decimals=self.decimals)
        return f"{words} 个百分点" if self.unit == "%" else f"{words} {self.unit}"


@dataclass(frozen=True, kw_only=True)
class Readings:
    """The values that one number needs: its own, this month's and the month's before."""

    main: MetricValue | None
    month: MetricValue | None
    month_before: MetricValue | None


Months = Mapping[tuple[str, datetime.date], MetricValue]


def monthly_values(*, plan: CockpitPlan, division: str, on: datetime.date) -> Months:
    """The values of the last thirteen months by code and first day; one query."""
    rows = MetricValue.objects.current().filter(
        metric_code__in={*plan.codes, *plan.chart.codes},
        division_id=division,
        period_kind=PeriodKind.MONTH,
        period_start__gte=month_before(last_months(on)[0]),
        period_start__lte=on,
    )
    return {(row.metric_code, row.period_start): row for row in rows}


def month_before(first: datetime.date) -> datetime.date:
    """The first day of the month before."""
    return (first - ONE_DAY).replace(day=1)


def ten_numbers(
    *, plan: CockpitPlan, division: str, on: datetime.date, months: Months
) -> list[Number]:
    """The declared numbers of a division; the same queries however many there are."""
    metrics = metrics_named(plan.codes)
    main = values_for(codes=plan.codes, divisions=[division], on=on)
    this = on.replace(day=1)
    numbers = []
    for planned in plan.numbers:
        metric = metrics.get(planned.code)
        readings = Readings(
            main=standing_on(main.get((planned.code, division)), metric, on=on, months=months),
            month=months.get((planned.code, this)),
            month_before=months.get((planned.code, month_before(this))),
        )
        numbers.append(number_of(planned, metric, readings))
    return numbers


def standing_on(
    value: MetricValue | None, metric: Metric | None, *, on: datetime.date, months: Months
) -> MetricValue | None:
    """The value as it stood on a day gone by: a running year is put together from its months."""
    if value is None or metric is None or value.as_of <= on:
        return value
    if metric.timing != Timing.FLOW or value.period_kind != PeriodKind.YEAR:
        return value
    rows = [
        row
        for (code, start), row in months.items()
        if code == metric.code and value.period_start <= start <= on and row.value is not None
    ]
    if metric.is_additive:
        return changed(value, value=sum((row.value or NOTHING for row in rows), NOTHING), as_of=on)
    above = sum((row.numerator or NOTHING for row in rows), NOTHING)
    below = sum((row.denominator or NOTHING for row in rows), NOTHING)
    if not (metric.is_percentage and below):
        return value
    rate = above * 100 / below
    return changed(value, value=rate, numerator=above, denominator=below, as_of=on)


def changed(original: MetricValue, /, **facts: object) -> MetricValue:
    """A copy for showing; it is never saved."""
    shown = copy(original)
    for name, fact in facts.items():
        setattr(shown, name, fact)
    return shown


def number_of(planned: PlannedNumber, metric: Metric | None, readings: Readings) -> Number:
    value = readings.main
    if metric is None or value is None or value.value is None:
        return Number(
            code=planned.code,
            title=planned.title,
            text=NO_METRIC if metric is None else NO_VALUE,
            unit="",
            note="平台尚未测量" if metric is None else "还没有可统计的记录",
            source=metric.source if metric else "",
            url="",
            as_of="",
        )
    change = change_of(metric, readings)
    return Number(
        code=planned.code,
        title=planned.title,
        text=plain(value.value, decimals=metric.decimals),
        unit=metric.unit,
        note=note_of(metric, value, change=change),
        source=source_of(metric),
        url=reverse("metrics:value_detail", kwargs={"value_id": value.pk}),
        as_of=str(value.as_of),
        change=change,
        is_good=is_good(metric, change),
        decimals=metric.decimals,
        basis=f"{value.period_name}累计" if is_running_total(metric) else "现为",
    )


def is_running_total(metric: Metric) -> bool:
    return metric.timing == Timing.FLOW and metric.is_additive


def change_of(metric: Metric, readings: Readings) -> Decimal | None:
    """What this month brought: its own count for a flow, the difference for what stands."""
    month, before = readings.month, readings.month_before
    if month is None or month.value is None:
        return None
    if is_running_total(metric):
        return month.value
    if before is None or before.value is None:
        return None
    return month.value - before.value


def is_good(metric: Metric, change: Decimal | None) -> bool | None:
    if not change or metric.direction == Direction.NEUTRAL:
        return None
    return (change > 0) is (metric.direction == Direction.RISING)


def note_of(metric: Metric, value: MetricValue, *, change: Decimal | None) -> str:
    """What stands below the number: the parts of a ratio, else the month's change."""
    if metric.is_percentage and value.numerator is not None and value.denominator is not None:
        return f"{plain(value.numerator)} / {plain(value.denominator)}"
    period = value.period_name if metric.timing == Timing.FLOW else ""
    moved = f"本月 {signed(change, decimals=metric.decimals)}" if change is not None else ""
    return "，".join(part for part in (period, moved) if part) or f"截至 {value.as_of}"


def monthly_chart(*, plan: CockpitPlan, on: datetime.date, months: Months) -> Chart | None:
    """The chart of the last twelve months; None while nothing has been measured."""
    labels = last_months(on)
    metrics = metrics_named(plan.chart.codes)
    shown = [code for code in plan.chart.codes if code in metrics]
    found = [row for (code, start), row in months.items() if code in shown and start in labels]
    if not found:
        return None
    return Chart(
        name="monthly",
        title=plan.chart.title,
        unit="、".join(dict.fromkeys(metrics[code].unit for code in shown)),
        source="；".join(dict.fromkeys(source_of(metrics[code]) for code in shown)),
        as_of=max(row.as_of for row in found),
        kind="line",
        labels=[f"{month.month}月" for month in labels],
        series=[
            Series(metrics[code].title, [month_value(months, code, month) for month in labels])
            for code in shown
        ],
    )


def last_months(on: datetime.date) -> list[datetime.date]:
    """The first days of the last twelve months, oldest first."""
    first = on.year * 12 + on.month - MONTHS
    return [datetime.date(month // 12, month % 12 + 1, 1) for month in range(first, first + MONTHS)]


def month_value(months: Months, code: str, month: datetime.date) -> float | int | None:
    row = months.get((code, month))
    if row is None or row.value is None:
        return None
    return int(row.value) if row.value == row.value.to_integral_value() else float(row.value)


def heads_of(codes: Sequence[str]) -> dict[str, tuple[str, str, str]]:
    """The title, unit and source of each metric, for the head of a table."""
    return {
        code: (metric.title, metric.unit, source_of(metric))
        for code, metric in metrics_named(codes).items()
    }


def source_of(metric: Metric) -> str:
    """The source without what stands in brackets behind it."""
    return metric.source.split("（")[0]
