"""What the exchange achieves: figures for all, rows for the officials of the region (对接成效)."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.charts import Chart, Series
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.sockets import Figure
from silian.foundation.ui.tables import Column, Table
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.permissions.negotiations import (
    is_supervisor,
    listings_counted_for,
)
from silian.operations.exchange.queries.negotiation_effect import (
    STAGES,
    Effect,
    listings_of_stage,
    published_in,
)
from silian.operations.exchange.queries.negotiation_public import (
    PERIODS,
    Account,
    account_of,
    period_of,
    public_account,
)

SOURCE = "供需发布与洽谈登记"
WAITING = "从发布到第一家应答，中位数"


@login_not_required
@require_safe
def effectiveness(request: Request) -> HttpResponse:
    """Answers, waiting time, intents and agreements of a period, by kind, region and month."""
    months = request.GET.get("months", "")
    period = period_of(months=months, today=timezone.localdate())
    supervising = is_supervisor(request.actor)
    if supervising:
        rows = published_in(chosen(request, listings_counted_for(request.actor)), period=period)
        account = account_of(rows=rows, period=period, now=timezone.now())
    else:
        account = public_account(months=months, now=timezone.now())
    context = {
        "account": account,
        "supervising": supervising,
        "figures": strip(request, account, supervising=supervising),
        "stages": stages(request, account.total, supervising=supervising),
        "kind_lines": lines(request, account.kinds, name="kind", linked=supervising),
        "region_lines": lines(request, account.regions, name="division", linked=supervising),
        "chart": month_chart(account),
        "bar": bar_of(request, supervising=supervising, account=account),
        "period": period,
        "source": SOURCE,
    }
    fragment = "exchange/_effectiveness.html"
    return render(request, fragment if request.htmx else "exchange/effectiveness.html", context)


def chosen(request: Request, rows: QuerySet[Listing]) -> QuerySet[Listing]:
    """The listings that the filters leave."""
    if kinds := request.GET.getlist("kind"):
        rows = rows.filter(kind__in=kinds)
    if divisions := request.GET.getlist("division"):
        rows = rows.filter(division_id__in=divisions)
    return rows


def bar_of(request: Request, *, supervising: bool, account: Account) -> FilterBar:
    facets = [
        facet(
            request=request,
            name="months",
            label="首次发布（默认近 12 个月）",
            choices=PERIODS.items(),
            single=True,
        )
    ]
    if supervising:
        kinds = [(code, kind.label) for code, kind in listing_kinds().items()]
        regions = [(line.code, line.label) for line in account.regions]
        facets += [
            facet(request=request, name="kind", label="类别", choices=kinds),
            facet(request=request, name="division", label="区域", choices=regions),
        ]
    return FilterBar(request=request, facets=facets, search=False)


def rows_url(request: Request, *, stage: str, **narrowing: str) -> str:
    """The list behind a number: the same period and filters, one stage."""
    query = request.GET.copy()
    query["stage"] = stage
    for name, value in narrowing.items():
        query[name] = value
    return f"{reverse('exchange:effectiveness_rows')}?{query.urlencode()}"


def strip(request: Request, account: Account, *, supervising: bool) -> list[Figure]:
    """The four numbers that say whether the exchange works."""
    total, answers = account.total, account.responses
    link = {stage: rows_url(request, stage=stage) if supervising else "" for stage in STAGES}
    answered = percent_of(total.answered, total.published)
    responded = percent_of(answers["answered"], answers["received"])
    agreed = percent_of(total.agreed, total.published)
    deals = f"{total.agreed:,} 条供需成交，协议 {account.deals['deals']:,} 份"
    counted = f"{total.answered:,} / {total.published:,} 条"
    return [
        figure("收到应答的供需", answered, "%", note=counted, url=link["answered"]),
        figure("首次应答等待", total.median_days, "天", note=WAITING, url=link["answered"]),
        figure("发布单位回应率", responded, "%", note=response_note(answers)),
        figure("供需成交率", agreed, "%", note=deals, url=link["agreed"]),
    ]


def figure(label: str, value: float | None, unit: str, *, note: str, url: str = "") -> Figure:
    """A number, or 未设定 where there is nothing to count from."""
    known = value is not None
    return Figure(
        label=label,
        value=str(value) if known else "未设定",
        unit=unit if known else "",
        note=note,
        url=url,
        source=SOURCE,
    )


def percent_of(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def response_note(answers: dict[str, Any]) -> str:
    note = f"{answers['answered']:,} / {answers['received']:,} 次"
    if answers["median_minutes"] is None:
        return note
    return f"{note}，用时中位数 {answers['median_minutes'] / 60:.1f} 工作小时"


def stages(request: Request, total: Effect, *, supervising: bool) -> list[dict[str, Any]]:
    """From published to agreed, with the way to the rows (转化)."""
    counts = {
        "published": total.published,
        "answered": total.answered,
        "intended": total.intended,
        "agreed": total.agreed,
    }
    return [
        {
            "label": STAGES[stage],
            "count": count,
            "total": total.published,
            "url": rows_url(request, stage=stage) if supervising else "",
        }
        for stage, count in counts.items()
    ]


def lines(
    request: Request, effects: list[Effect], *, name: str, linked: bool
) -> list[dict[str, Any]]:
    """Lines of the account, each number with the way to its rows for officials."""
    return [
        {
            "effect": effect,
            "urls": {
                stage: rows_url(request, stage=stage, **{name: effect.code}) if linked else ""
                for stage in STAGES
            },
        }
        for effect in effects
    ]


def month_chart(account: Account) -> Chart:
    months = account.months
    return Chart(
        name="effect-months",
        title="各月发布的供需走到了哪一步",
        unit="条",
        source=SOURCE,
        as_of=account.counted_at,
        kind="bar",
        labels=[month.label for month in months],
        series=[
            Series("发布", [month.published for month in months]),
            Series("收到应答", [month.answered for month in months]),
            Series("登记协议", [month.agreed for month in months]),
        ],
    )


ROW_COLUMNS = [
    Column("title", "供需", main=True),
    Column("kind", "类别", value=lambda row: listing_kinds()[row.kind].label),
    Column("organisation", "发布单位", value="organisation__name"),
    Column("division", "区域", value="division__name"),
    Column("first_published_at", "首次发布", value=lambda row: day_of(row.first_published_at)),
    Column(
        "waited", "首次应答等待", value=lambda row: days_of(row.waited), unit="天", numeric=True
    ),
    Column("answered", "应答", value=lambda row: yes(row.is_answered)),
    Column("intended", "意向", value=lambda row: yes(row.is_intended)),
    Column("agreed", "成交", value=lambda row: yes(row.is_agreed)),
]


def day_of(moment: datetime.datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d}"


def days_of(span: datetime.timedelta | None) -> float | None:
    return None if span is None else round(span.total_seconds() / 86_400, 1)


def yes(value: bool) -> str:
    return "是" if value else "否"


@require_safe
def effectiveness_rows(request: Request) -> HttpResponseBase:
    """The listings behind one number, for the officials of the region (对接成效明细)."""
    if not is_supervisor(request.actor):
        raise NotAllowed("明细由主管部门在管辖范围内查看。")
    months, stage = request.GET.get("months", ""), request.GET.get("stage", "published")
    period = period_of(months=months, today=timezone.localdate())
    rows = published_in(chosen(request, listings_counted_for(request.actor)), period=period)
    label = STAGES.get(stage, STAGES["published"])
    table = Table(
        request=request,
        name="effectiveness",
        rows=listings_of_stage(rows, stage=stage),
        columns=ROW_COLUMNS,
        caption=f"{label}的供需",
        order="-first_published_at",
        row_url=lambda row: reverse("exchange:listing_detail", kwargs={"listing_id": row.pk}),
    )
    if table.export_wanted:
        return table.export_response()
    kept = {key: value for key, value in request.GET.items() if key in ("months", "kind")}
    context = {
        "table": table,
        "label": label,
        "period": period,
        "back": f"{reverse('exchange:effectiveness')}?{urlencode(kept)}",
    }
    fragment = "exchange/_effectiveness_rows.html"
    template = fragment if request.htmx else "exchange/effectiveness_rows.html"
    return render(request, template, context)
