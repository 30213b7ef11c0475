"""What was told of one division and period over time."""

from __future__ import annotations

from silian.casework.metrics.models.values import MetricValue


def history_of_value(value: MetricValue) -> list[MetricValue]:
    """Every value of the same division and period, newest first (更正经过)."""
    rows = MetricValue.objects.of(
        code=value.metric_code, division=value.division_id, kind=value.period_kind
    )
    return list(rows.filter(period_start=value.period_start).order_by("-computed_at", "-pk"))
