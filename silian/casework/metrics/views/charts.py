"""Series and comparisons drawn."""

from __future__ import annotations

from collections.abc import Sequence

from silian.casework.metrics.queries.showing import Shown
from silian.casework.metrics.registry import Metric
from silian.foundation.reference.models import Division
from silian.foundation.ui.charts import Chart, Series

HIDDEN_NOTE = "未列出的：少于5、不公开或没有数据"


def series_chart(metric: Metric, shown: Sequence[Shown], *, place: str) -> Chart | None:
    """How the metric moved in one division (数列)."""
    points = [item for item in shown if item.is_number]
    if not points:
        return None
    last = points[-1].value
    return Chart(
        name="series",
        title=f"{place}{metric.title}",
        unit=metric.unit,
        source=metric.source,
        as_of=last.as_of if last else None,
        kind="line" if len(points) > 6 else "bar",
        labels=[item.period for item in points],
        series=[Series(metric.title, [item.number for item in points])],
        note=HIDDEN_NOTE if len(points) < len(shown) else "",
    )


def region_chart(
    metric: Metric, lines: Sequence[tuple[Division, Shown]], *, period: str
) -> Chart | None:
    """The divisions beside one another, the largest first (区域比较)."""
    points = [(place, item) for place, item in lines if item.is_number]
    points.sort(key=lambda pair: -(pair[1].number or 0))
    if len(points) < 2:
        return None
    last = points[0][1].value
    return Chart(
        name="regions",
        title=f"{period}{metric.title}区域比较",
        unit=metric.unit,
        source=metric.source,
        as_of=last.as_of if last else None,
        kind="bars",
        labels=[place.name for place, _ in points],
        series=[Series(metric.title, [item.number for _, item in points])],
        note=HIDDEN_NOTE if len(points) < len(lines) else "",
    )
