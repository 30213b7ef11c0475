"""One metric: how it moved, how regions compare, how it is counted (指标页)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.commands.recount_asking import ask_recount
from silian.casework.metrics.permissions.values import (
    kinds_shown_to,
    may_recount,
    may_see_metric,
)
from silian.casework.metrics.queries.catalogue import metric_named
from silian.casework.metrics.queries.clauses import clauses_measured_by
from silian.casework.metrics.queries.comparison import compared_divisions
from silian.casework.metrics.queries.showing import Shown, shown_values
from silian.casework.metrics.queries.values import series, values_for
from silian.casework.metrics.registry import Metric
from silian.casework.metrics.rules.reducing import RATIOS
from silian.casework.metrics.views.charts import region_chart, series_chart
from silian.casework.metrics.views.facts import metric_facts
from silian.casework.metrics.views.places import Place, kind_of, place_of
from silian.foundation.kernel.requests import Request
from silian.foundation.reference.models import Division
from silian.foundation.ui.tables import Column, Table


def visible_metric(request: Request, code: str) -> Metric:
    """The metric, when the reader may know of it."""
    metric = metric_named(code)
    if metric is None or not may_see_metric(request.actor, metric):
        raise Http404
    return metric


@login_not_required
@require_safe
def metric_detail(request: Request, code: str) -> HttpResponseBase:
    """The latest value, the series, the regions beside one another, and the formula."""
    metric, place = visible_metric(request, code), place_of(request)
    kind = kind_of(request, metric=metric, division=place.code)
    shown = series_shown(request, metric, division=place.code, kind=kind)
    lines = region_lines(request, metric, place=place, kind=kind)
    table = region_table(request, metric, lines)
    if table.export_wanted:
        return table.export_response()
    latest = shown[-1] if shown else Shown(metric=metric, division=place.code)
    context = {
        "metric": metric,
        "place": place,
        "kind": kind,
        "kinds": kind_links(request, metric, place=place, kind=kind),
        "latest": latest,
        "chart": series_chart(metric, shown, place=place.name),
        "compared": any(shown.value for _, shown in lines),
        "regions": region_chart(metric, lines, period=latest.period),
        "table": table,
        "facts": metric_facts(metric),
        "clauses": clauses_measured_by(metric.code, actor=request.actor),
        "may_recount": may_recount(request.actor) and not metric.is_manual,
        "query": urlencode({"division": place.code, "kind": kind}),
    }
    return render(request, "metrics/metric_detail.html", context)


def series_shown(
    request: Request, metric: Metric, *, division: str, kind: PeriodKind
) -> list[Shown]:
    """The series as the reader may see it, oldest first."""
    rows = series(code=metric.code, division=division, kind=kind)
    return shown_values(actor=request.actor, metrics={metric.code: metric}, values=rows)


def region_lines(
    request: Request, metric: Metric, *, place: Place, kind: PeriodKind
) -> list[tuple[Division, Shown]]:
    """The compared divisions with their latest values, the largest first."""
    divisions = compared_divisions(place.code, place.divisions)
    found = values_for(codes=[metric.code], divisions=[d.code for d in divisions], kind=kind)
    shown = shown_values(actor=request.actor, metrics={metric.code: metric}, values=found.values())
    by_place = {item.division: item for item in shown}
    empty = {d.code: Shown(metric=metric, division=d.code) for d in divisions}
    lines = [
        (division, by_place.get(division.code, empty[division.code])) for division in divisions
    ]
    return sorted(lines, key=lambda line: (line[1].number is None, -(line[1].number or 0)))


def kind_links(
    request: Request, metric: Metric, *, place: Place, kind: PeriodKind
) -> list[dict[str, Any]]:
    """The kinds of period to choose from; none when there is no choice."""
    allowed = kinds_shown_to(request.actor, metric=metric, division=place.code)
    links = [
        {
            "label": item.label,
            "value": str(item),
            "chosen": item == kind,
        }
        for item in allowed
    ]
    return links if len(links) > 1 else []


def region_table(request: Request, metric: Metric, lines: list[tuple[Division, Shown]]) -> Table:
    return Table(
        request=request,
        name="metric-regions",
        rows=[
            {"place": division, "shown": shown, "rank": rank}
            for rank, (division, shown) in enumerate(lines, start=1)
        ],
        columns=region_columns(metric),
        caption=f"{metric.title}区域比较",
        order="",
        views=False,
        row_url=lambda row: row["shown"].url or f"?{urlencode({'division': row['place'].code})}",
    )


def region_columns(metric: Metric) -> list[Column]:
    columns = [
        Column("rank", "名次", value=lambda row: row["rank"] if row["shown"].is_number else "—"),
        Column("place", "地区", value=lambda row: row["place"].name, main=True),
        Column(
            "value",
            f"数值（{metric.unit}）",
            value=lambda row: row["shown"].text,
            template="metrics/_cell_region.html",
            numeric=True,
        ),
        Column("period", "统计期", value=lambda row: row["shown"].period),
    ]
    if metric.reduce.name in RATIOS:
        parts = Column(
            "parts", "分子 / 分母", value=lambda row: row["shown"].share_words, numeric=True
        )
        columns.insert(3, parts)
    return columns


@login_not_required
@require_safe
def metric_series(request: Request, code: str) -> HttpResponseBase:
    """Every value of the series with where it comes from, for reading and download (数列)."""
    metric, place = visible_metric(request, code), place_of(request)
    kind = kind_of(request, metric=metric, division=place.code)
    rows = series_shown(request, metric, division=place.code, kind=kind)[::-1]
    table = Table(
        request=request,
        name="metric-series",
        rows=rows,
        columns=SERIES_COLUMNS,
        caption=f"{place.name}{metric.title}（{metric.unit}）",
        order="",
        views=False,
        page_size=len(rows) or 1,
        row_url=lambda row: row.url,
    )
    if table.export_wanted:
        return table.export_response()
    context = {
        "metric": metric,
        "place": place,
        "kind": kind,
        "kinds": kind_links(request, metric, place=place, kind=kind),
        "table": table,
    }
    return render(request, "metrics/metric_series.html", context)


SERIES_COLUMNS = [
    Column("period", "统计期", value=lambda row: row.period, main=True),
    Column(
        "value",
        "数值",
        value=lambda row: row.text,
        template="metrics/_cell_value.html",
        numeric=True,
    ),
    Column("unit", "单位", value=lambda row: row.metric.unit),
    Column("parts", "分子 / 分母", value=lambda row: row.share_words, numeric=True),
    Column("as_of", "数据截至", value=lambda row: row.value.as_of),
    Column("origin", "数据来源", value=lambda row: row.value.get_origin_display()),
    Column("checked_at", "最近核算", value=lambda row: row.value.checked_at),
]


@require_POST
def metric_recount(request: Request, code: str) -> HttpResponse:
    """Count the metric again now, in the background."""
    metric = visible_metric(request, code)
    job = ask_recount(metric=metric, actor=request.actor)
    messages.success(request, "已开始重算，可以离开，完成后在“后台任务”看到结果。")
    return redirect(reverse("kernel:job_detail", kwargs={"job_id": job.pk}))
