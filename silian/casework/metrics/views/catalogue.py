"""The library of metrics: what is measured, how, and where it stands (指标库)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from silian.casework.metrics.choices import Direction, Origin
from silian.casework.metrics.permissions.values import (
    definitions_visible_to,
    is_official,
    may_define,
)
from silian.casework.metrics.queries.catalogue import all_metrics
from silian.casework.metrics.queries.showing import Shown, latest_shown
from silian.casework.metrics.registry import Metric
from silian.casework.metrics.views.places import Place, place_facet, place_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.tables import Column, Table

REPORTED = "manual"  # the first word of the codes of reported metrics
LIBRARY_SIZE = 500  # the whole library stands on one page


def group_name(code: str) -> str:
    """The heading under which a metric stands: the name of the module that owns the rows."""
    module = code.partition(".")[0]
    if module == REPORTED:
        return Origin.MANUAL.label
    return str(apps.get_app_config(module).verbose_name)


@login_not_required
@require_safe
def catalogue(request: Request) -> HttpResponseBase:
    """Every metric with its formula, source and latest value for the chosen division."""
    place = place_of(request)
    visible = visible_metrics(request)
    bar = bar_of(request, place=place, metrics=visible)
    chosen = [metric for metric in visible if is_chosen(request, metric, text=bar.text)]
    table = library_table(request, chosen, place=place)
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "bar": bar,
        "place": place,
        "count": len(visible),
        "official": is_official(request.actor),
        "may_define": may_define(request.actor),
    }
    template = "metrics/_catalogue.html" if request.htmx else "metrics/catalogue.html"
    return render(request, template, context)


def visible_metrics(request: Request) -> list[Metric]:
    """The metrics that the reader finds, module by module."""
    reported = set(definitions_visible_to(request.actor).values_list("code", flat=True))
    official = is_official(request.actor)
    return [
        metric
        for metric in all_metrics()
        if (metric.code in reported if metric.is_manual else metric.public or official)
    ]


def bar_of(request: Request, *, place: Place, metrics: list[Metric]) -> FilterBar:
    groups = list(dict.fromkeys(metric.module for metric in metrics))
    facets = [
        place_facet(request, place),
        facet(
            request=request,
            name="group",
            label="类别",
            choices=[(code, group_name(code)) for code in groups],
            counts={code: sum(m.module == code for m in metrics) for code in groups},
        ),
        facet(request=request, name="direction", label="方向", choices=Direction.choices),
        facet(request=request, name="origin", label="数据来源", choices=Origin.choices),
    ]
    return FilterBar(request=request, facets=facets, placeholder="指标名称、计算方法")


def is_chosen(request: Request, metric: Metric, *, text: str) -> bool:
    """Whether the filters leave the metric."""
    origin = Origin.MANUAL if metric.is_manual else Origin.COMPUTED
    asked = {name: request.GET.getlist(name) for name in ("group", "direction", "origin")}
    own = {"group": metric.module, "direction": str(metric.direction), "origin": str(origin)}
    fits = all(not values or own[name] in values for name, values in asked.items())
    return fits and text in metric.title + metric.formula + metric.code


def library_table(request: Request, metrics: list[Metric], *, place: Place) -> Table:
    by_code = {metric.code: metric for metric in metrics}
    shown = latest_shown(actor=request.actor, metrics=by_code, divisions=[place.code])
    rows = [shown[metric.code, place.code] for metric in metrics]
    return Table(
        request=request,
        name="metrics",
        rows=rows,
        columns=LIBRARY_COLUMNS,
        caption=f"{place.name}指标",
        order="",
        page_size=LIBRARY_SIZE,
        row_url=lambda row: metric_url(row, place=place),
        empty={"missing": "没有符合条件的指标", "why": "去掉一个筛选条件再看。"},
    )


def metric_url(row: Shown, *, place: Place) -> str:
    address = reverse("metrics:metric_detail", kwargs={"code": row.metric.code})
    return f"{address}?{urlencode({'division': place.code})}"


def formula_words(row: Shown) -> str:
    return row.metric.formula


def group_words(row: Shown) -> str:
    return group_name(row.metric.code)


def text_of(row: Shown) -> Any:
    return row.text


LIBRARY_COLUMNS = [
    Column("title", "指标", value=lambda row: row.metric.title, main=True),
    Column("value", "最新数值", value=text_of, template="metrics/_cell_value.html", numeric=True),
    Column("unit", "单位", value=lambda row: row.metric.unit),
    Column("period", "统计期", value=lambda row: row.period, template="metrics/_cell_nowrap.html"),
    Column("formula", "计算方法", value=formula_words, template="metrics/_cell_formula.html"),
    Column("direction", "方向", value=lambda row: row.metric.direction.label),
    Column("periodicity", "更新", value=lambda row: row.metric.periodicity.label),
    Column("group", "类别", value=group_words, optional=True),
    Column("source", "数据来源", value=lambda row: row.metric.source, optional=True),
    Column("code", "代码", value=lambda row: row.metric.code, optional=True),
]
