"""The public directory of service organisations, joining card, checks, deals and ratings."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.composition.portal.queries.service_directory import (
    ServiceLine,
    service_lines,
    services_offered,
    statistics_of,
)
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.charts import Chart, Series
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.tables import Column, Table

STANDINGS = ("已通过入驻核查", "未核查", "整改中", "整改逾期")


@login_not_required
@require_safe
def service_directory(request: Request) -> HttpResponseBase:
    """Who offers which service, at what price, checked and rated (服务组织名录)."""
    now = timezone.localtime()
    lines = service_lines(now=now)
    offered = services_offered(lines)
    bar = FilterBar(
        request=request, placeholder="服务组织、服务内容", facets=facets(request, offered)
    )
    table = directory_table(request, chosen(request, lines, text=bar.text))
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "bar": bar,
        "numbers": statistics_of(lines),
        "chart": offered_chart(offered, on=now.date()) if offered else None,
    }
    template = "portal/_service_directory.html" if request.htmx else "portal/service_directory.html"
    return render(request, template, context)


def facets(request: Request, offered: Any) -> list[Any]:
    return [
        facet(
            request=request,
            name="service",
            label="服务项目",
            choices=[(name, name) for name in sorted(offered)],
            counts=offered,
        ),
        facet(
            request=request,
            name="standing",
            label="规范运作",
            choices=[(name, name) for name in STANDINGS],
        ),
    ]


def chosen(request: Request, lines: list[ServiceLine], *, text: str) -> list[ServiceLine]:
    """What the filters leave."""
    services = set(request.GET.getlist("service"))
    standing = set(request.GET.getlist("standing"))
    return [
        line
        for line in lines
        if (not services or services & set(line.services))
        and (not standing or line.standing in standing)
        and (not text or text in f"{line.organisation.name} {' '.join(line.services)}")
    ]


def card(name: str) -> Any:
    """What the organisation's card says under a name."""
    return lambda line: getattr(line.profile, name, "") or "未填写"


def directory_table(request: Request, lines: list[ServiceLine]) -> Table:
    return Table(
        request=request,
        name="service_directory",
        rows=lines,
        caption="产教融合服务组织名录",
        columns=[
            Column("name", "服务组织", lambda line: line.organisation.display_name, main=True),
            Column("services", "服务项目", lambda line: "、".join(line.services) or "未填写"),
            Column("qualification", "资质", card("qualification")),
            Column("price", "收费", card("price")),
            Column("clients", "服务过的单位", card("clients"), optional=True),
            Column("outcome", "平台成效"),
            Column("rating_words", "评价"),
            Column("standing", "规范运作", template="portal/_cell_standing.html"),
        ],
        row_url=lambda line: line.organisation.get_absolute_url(),
        empty={"missing": "没有符合条件的服务组织", "why": "放宽服务项目或规范运作条件再看。"},
    )


def offered_chart(offered: Any, *, on: Any) -> Chart:
    """How many organisations offer each service."""
    names = sorted(offered, key=lambda name: (-offered[name], name))
    return Chart(
        name="services_offered",
        title="按服务项目",
        unit="家",
        source="服务组织名片",
        as_of=on,
        kind="bars",
        labels=names,
        series=[Series("服务组织", [offered[name] for name in names])],
    )
