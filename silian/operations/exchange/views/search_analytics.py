"""What was searched for in a region, and what was not found (检索统计)."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.charts import Chart, Series
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.sockets import Figure
from silian.foundation.ui.tables import Column, Table
from silian.operations.exchange.models.search_log import SearchTally
from silian.operations.exchange.permissions.search_analytics import (
    demand_suggestions_visible_to,
    require_analyst,
    search_tallies_visible_to,
)
from silian.operations.exchange.queries.demand_suggestions import waiting_suggestions
from silian.operations.exchange.queries.search_analytics import (
    DAYS,
    SPLITS,
    Sought,
    counts_by,
    division_choices,
    narrowed,
    occupation_choices,
    over_time,
    since,
    sought,
    sought_terms,
)
from silian.operations.exchange.rules.search_tally import FEWEST_ASKERS, NOTE_DAYS

SOURCE = "检索统计"
SHOWN_SUGGESTIONS, SHOWN_TERMS = 10, 40
SUGGESTION_FOOT = (
    f"近 {NOTE_DAYS} 天同一个词在一个区域有 {FEWEST_ASKERS} 方以上检索而没有结果才列出"
)
TERMS_FOOT = (
    f"来源：检索统计；列出最多的 {SHOWN_TERMS} 条，导出为全部；"
    f"职业小类按词自动识别；不足 {FEWEST_ASKERS} 方检索的词合并计数，不显示"
)


@require_safe
def search_analytics(request: Request) -> HttpResponseBase:
    """Terms, regions, weeks, and what waits to become a demand (检索统计)."""
    require_analyst(request.actor)
    visible = search_tallies_visible_to(request.actor)
    rows = chosen(request, visible)
    table = term_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    total, suggestions = sought(rows), waiting_suggestions(request.actor)
    context = {
        "total": total,
        "figures": strip(total, waiting=suggestions.count()),
        "chart": time_chart(request, rows),
        "table": table,
        "split": SPLITS[split_of(request)],
        "suggestions": suggestions[:SHOWN_SUGGESTIONS],
        "waiting": suggestions.count(),
        "bar": bar_of(request, visible),
        "suggestion_foot": SUGGESTION_FOOT,
        "terms_foot": TERMS_FOOT,
    }
    fragment = "exchange/_search_analytics.html"
    return render(request, fragment if request.htmx else "exchange/search_analytics.html", context)


def first_day(request: Request) -> datetime.date:
    return since(request.GET.get("days", ""), today=timezone.localdate())


def split_of(request: Request) -> str:
    split = request.GET.get("terms", "missed")
    return split if split in SPLITS else "missed"


def chosen(request: Request, rows: QuerySet[SearchTally]) -> QuerySet[SearchTally]:
    """The counts that the filters leave."""
    return narrowed(
        rows,
        since=first_day(request),
        divisions=request.GET.getlist("division"),
        groups=request.GET.getlist("occupation"),
    )


def bar_of(request: Request, visible: QuerySet[SearchTally]) -> FilterBar:
    """Filters with how often was sought in vain."""
    rows = visible.filter(day__gte=first_day(request))
    regions = counts_by(rows, column="division_id")
    groups = counts_by(rows, column="occupation_id")
    facets = [
        facet(request=request, name="days", label="时间（默认近 30 天）", choices=DAYS.items(),
              single=True),
        facet(request=request, name="terms", label="检索词", choices=SPLITS.items(), single=True),
        facet(request=request, name="division", label="区域（没有结果的次数）",
              choices=division_choices(regions), counts=regions),
        facet(request=request, name="occupation", label="职业小类（没有结果的次数）",
              choices=occupation_choices(groups), counts=groups),
    ]  # fmt: skip
    return FilterBar(request=request, facets=facets, search=False)


def strip(total: Sought, *, waiting: int) -> list[Figure]:
    """How much was sought, how much in vain, what waits."""
    percent = total.missed_percent
    return [
        figure("检索", f"{total.searches:,}", "次", note="同一方同一天同一词计一次"),
        figure("没有结果", f"{total.missed:,}", "次",
               note="还没有检索" if percent is None else f"占全部检索的 {percent}%"),
        figure("合并计数", f"{total.untold:,}", "次",
               note=f"不足 {FEWEST_ASKERS} 方检索的词，不显示词"),
        figure("建议需求", f"{waiting:,}", "项", note="等您处理", url="#suggestions"),
    ]  # fmt: skip


def figure(label: str, value: str, unit: str, *, note: str, url: str = "") -> Figure:
    return Figure(label=label, value=value, unit=unit, note=note, url=url, source=SOURCE)


def time_chart(request: Request, rows: QuerySet[SearchTally]) -> Chart:
    steps = over_time(rows, days=request.GET.get("days", ""))
    return Chart(
        name="search-time",
        title="检索与没有结果的次数",
        unit="次",
        source=SOURCE,
        as_of=timezone.localdate() - datetime.timedelta(days=1),
        kind="bar",
        labels=[label for label, _, _ in steps],
        series=[
            Series("检索", [searches for _, searches, _ in steps]),
            Series("没有结果", [missed for _, _, missed in steps]),
        ],
    )


COLUMNS = [
    Column("term", "检索词", main=True),
    Column("division_name", "区域"),
    Column("occupation_name", "职业小类", value=lambda row: row.occupation_name or "未识别"),
    Column("missed", "没有结果", unit="次", numeric=True),
    Column("searches", "检索", unit="次", numeric=True),
    Column("missed_percent", "无结果率", unit="%", numeric=True),
]


def term_table(request: Request, rows: QuerySet[SearchTally]) -> Table:
    """The terms most often missed or sought; the file holds all of them."""
    days = request.GET.get("days", "")
    terms = sought_terms(rows, missed_only=split_of(request) == "missed")
    return Table(
        request=request,
        name="search_terms",
        rows=terms if "export" in request.GET else terms[:SHOWN_TERMS],
        columns=COLUMNS,
        caption=f"检索词：{SPLITS[split_of(request)]}",
        row_url=lambda row: term_url(row.term, division=row.division, days=days),
    )


def term_url(term: str, **narrowing: str) -> str:
    query = {"term": term, **{name: value for name, value in narrowing.items() if value}}
    return f"{reverse('exchange:search_term')}?{urlencode(query)}"


@require_safe
def search_term(request: Request) -> HttpResponse:
    """One term: its weeks, its regions, what it finds today, what was suggested (检索词)."""
    require_analyst(request.actor)
    term = request.GET.get("term", "")
    visible = search_tallies_visible_to(request.actor).filter(term=term or None)
    rows = chosen(request, visible)
    regions = sought_terms(rows, missed_only=False)
    if not term or not regions:
        raise Http404("这段时间和区域没有这个检索词的统计。")
    suggestions = demand_suggestions_visible_to(request.actor).filter(term=term)
    context: dict[str, Any] = {
        "term": term,
        "total": sought(rows),
        "since": first_day(request),
        "regions": regions,
        "occupation": regions[0].occupation_name,
        "chart": time_chart(request, rows),
        "suggestions": suggestions.select_related("division", "demand").order_by("-suggested_at"),
        "hall_url": f"{reverse('exchange:hall')}?{urlencode({'q': term})}",
    }
    return render(request, "exchange/search_term.html", context)
