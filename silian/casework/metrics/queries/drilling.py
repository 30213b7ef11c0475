"""The rows behind a value, as far as the reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, QuerySet

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.queries.grouping import in_subtree, within
from silian.casework.metrics.registry import Metric, Scope
from silian.casework.metrics.rules.periods import period_holding
from silian.foundation.kernel.actors import Actor


@dataclass(frozen=True, kw_only=True)
class Behind:
    """The rows behind a value: those the reader may open, and how many more there are (明细)."""

    rows: QuerySet[Any]
    seen: int
    unseen: int
    tells_counted: bool = False


def rows_of(metric: Metric, value: MetricValue) -> QuerySet[Any]:
    """The rows that the value was counted from, as they are now."""
    if metric.rows is None:
        raise LookupError(f"{metric.code} is reported by people")
    period = period_holding(value.period_start, kind=PeriodKind(value.period_kind))
    scope = Scope(period=period, as_of=value.as_of, division=value.division_id)
    rows = in_subtree(metric.rows(scope), division=metric.division, prefix=scope.prefix)
    return within(rows, day=metric.day, period=period) if metric.day else rows


def rows_behind(
    metric: Metric, value: MetricValue, *, actor: Actor, counted_only: bool = False
) -> Behind | None:
    """The rows behind a value; None where the metric keeps them to itself (人员).

    Of a share, each row says whether it counts in the numerator; ``counted_only`` leaves those.
    """
    if metric.drill is None or metric.rows is None:
        return None
    rows = rows_of(metric, value)
    if counted_only and metric.reduce.where is not None:
        rows = rows.filter(metric.reduce.where)
    seen = rows.filter(pk__in=metric.drill.visible_to(actor).values("pk"))
    shown, whole = seen.count(), rows.count()
    if metric.reduce.where is not None:
        seen = seen.annotate(
            is_counted=ExpressionWrapper(metric.reduce.where, output_field=BooleanField())
        )
    return Behind(
        rows=seen.select_related(*metric.drill.related) if metric.drill.related else seen,
        seen=shown,
        unseen=whole - shown,
        tells_counted=metric.reduce.where is not None,
    )
