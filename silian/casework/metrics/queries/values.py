"""Values that hold: the latest one, a series, many at once for a page of targets."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils import timezone

from silian.casework.metrics.models.values import MetricValue, MetricValueQuerySet
from silian.casework.metrics.queries.catalogue import metric_named, metrics_named

Key = tuple[str, str]


def latest_value(
    *, code: str, division: str, on: datetime.date | None = None, kind: str = ""
) -> MetricValue | None:
    """The value of the period that holds the day, or the newest before it (最新数值).

    ``kind`` is a ``PeriodKind``; empty is the metric's main period. None when nothing has been
    measured, also when the metric is unknown or reads 未设定.
    """
    found = values_for(codes=[code], divisions=[division], on=on, kind=kind)
    return found.get((code, division))


def values_for(
    *,
    codes: Iterable[str],
    divisions: Iterable[str],
    on: datetime.date | None = None,
    kind: str = "",
) -> dict[Key, MetricValue]:
    """The latest value of each metric for each division, by (code, division); two queries."""
    metrics = metrics_named(codes)
    rows = (
        MetricValue.objects.current()
        .filter(metric_code__in=metrics, division_id__in=list(divisions))
        .filter(period_start__lte=on or timezone.localdate())
        .select_related("division")
        .order_by("metric_code", "division_id", "period_kind", "-period_start")
        .distinct("metric_code", "division_id", "period_kind")
    )
    wanted = {code: kind or metric.main_period for code, metric in metrics.items()}
    return {
        (row.metric_code, row.division_id): row
        for row in rows
        if row.period_kind == wanted[row.metric_code]
    }


def series(
    *,
    code: str,
    division: str,
    kind: str = "",
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> MetricValueQuerySet:
    """The values that hold, oldest first, one a period (数列)."""
    metric = metric_named(code)
    if metric is None:
        return MetricValue.objects.none()
    wanted = kind or metric.main_period
    rows = MetricValue.objects.current().of(code=code, division=division, kind=wanted)
    if since:
        rows = rows.filter(period_end__gt=since)
    if until:
        rows = rows.filter(period_start__lte=until)
    return rows.order_by("period_start")
