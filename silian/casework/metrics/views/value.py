"""One value: where it comes from, the rows behind it, objections and corrections (数值页)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from silian.casework.metrics.models.definitions import MetricDefinition
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.permissions.disputes import disputes_visible_to, may_dispute
from silian.casework.metrics.permissions.values import (
    may_report,
    reads_fully,
    values_visible_to,
    works_in_government,
)
from silian.casework.metrics.queries.catalogue import metric_named
from silian.casework.metrics.queries.clauses import clauses_measured_by
from silian.casework.metrics.queries.drilling import Behind, rows_behind
from silian.casework.metrics.queries.history import history_of_value
from silian.casework.metrics.queries.showing import Shown, shown_values
from silian.casework.metrics.registry import Metric
from silian.casework.metrics.views.facts import metric_facts, value_facts
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Entry
from silian.foundation.ui.tables import Column, Table


def visible_value(request: Request, value_id: int) -> tuple[Metric, MetricValue]:
    """The value with its metric, when the reader may see it."""
    rows = values_visible_to(request.actor).select_related("division", "organisation")
    value = get_object_or_404(rows, pk=value_id)
    metric = metric_named(value.metric_code)
    if metric is None:
        raise Http404
    return metric, value


@login_not_required
@require_safe
def value_detail(request: Request, value_id: int) -> HttpResponseBase:
    """A value with its provenance, rows, objections and the values before it."""
    metric, value = visible_value(request, value_id)
    shown = shown_values(actor=request.actor, metrics={metric.code: metric}, values=[value])[0]
    behind = None if shown.hidden else rows_of_page(request, metric, value)
    table = rows_table(request, metric, behind) if behind and behind.seen else None
    if table is not None and table.export_wanted:
        return table.export_response()
    context = {
        "metric": metric,
        "value": value,
        "shown": shown,
        "facts": value_facts(shown, value),
        "formula_facts": metric_facts(metric)[:2],
        "clauses": clauses_measured_by(metric.code, actor=request.actor),
        "behind": behind,
        "table": table,
        "counted_only": request.GET.get("part") == "counted",
        "unseen_words": f"共 {behind.unseen:,} 条，您无权查看。" if behind else "",
        "history": history(shown, request=request),
        **official_context(request, value),
    }
    return render(request, "metrics/value_detail.html", context)


def rows_of_page(request: Request, metric: Metric, value: MetricValue) -> Behind | None:
    """The rows that the address asks for: all, or those in the numerator."""
    counted_only = request.GET.get("part") == "counted"
    return rows_behind(metric, value, actor=request.actor, counted_only=counted_only)


def official_context(request: Request, value: MetricValue) -> dict[str, Any]:
    """What only officials see: objections, evidence, what they may do."""
    inside = works_in_government(request.actor)
    definition = MetricDefinition.objects.filter(code=value.metric_code).first()
    return {
        "disputes": disputes_visible_to(request.actor)
        .filter(value=value)
        .select_related("organisation", "value")
        .order_by("-raised_at"),
        "files": files_of(value) if inside else [],
        "may_dispute": value.superseded_at is None and may_dispute(request.actor, value),
        "definition": definition
        if definition and may_report(request.actor, definition=definition)
        else None,
    }


def history(shown: Shown, *, request: Request) -> list[Entry]:
    """What was told of the same division and period, newest first; for officials."""
    if shown.value is None or not reads_fully(request.actor, division=shown.division):
        return []
    rows = history_of_value(shown.value)
    return [
        Entry(
            at=row.computed_at,
            what=f"{Shown(metric=shown.metric, division=shown.division, value=row).text}"
            f" {shown.metric.unit}",
            who=row.author_name or row.get_origin_display(),
            note=row.reason,
            tone="ok" if row.superseded_at is None else "unset",
            url="" if row.pk == shown.value.pk else row.get_absolute_url(),
        )
        for row in rows
    ]


def rows_table(request: Request, metric: Metric, behind: Behind) -> Table:
    """The rows that the reader may open, in the columns that the metric declares."""
    assert metric.drill is not None  # rows are shown only where they are declared
    columns = [
        Column(f"c{place}", label, value=path_of(path), main=place == 0)
        for place, (label, path) in enumerate(metric.drill.columns.items())
    ]
    if behind.tells_counted:
        columns.append(
            Column("counted", "计入分子", value=lambda row: "是" if row.is_counted else "否")
        )
    return Table(
        request=request,
        name=f"rows-{metric.code.replace('.', '-')}",
        rows=behind.rows,
        columns=columns,
        caption=f"{metric.title}明细",
        row_url=metric.drill.url,
    )


def path_of(path: str | Callable[[Any], object]) -> Any:
    """A path of attributes in the words of tables."""
    return path.replace(".", "__") if isinstance(path, str) else path
