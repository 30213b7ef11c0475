"""Totals of the year by kind, provider and county; what fund money brought (合计与撬动)."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.charts import Chart, Series
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.models import FinanceRecord
from silian.governance.incentives.permissions.finance import (
    is_official,
    may_read_finance,
    require_finance_reader,
)
from silian.governance.incentives.permissions.funds import pitches_visible_to
from silian.governance.incentives.queries import finance_deals, funds
from silian.governance.incentives.queries.finance_deals import AXES, TotalLine
from silian.governance.incentives.queries.funds import LeverageLine
from silian.governance.incentives.rules.finance_matching import wan

CELL = "incentives/finance/totals/"
HIDDEN = "不公开"
SOURCE = "融资对接的发放记录"
WAN = Decimal(10_000)


@login_not_required
@require_safe
def finance_totals(request: Request) -> HttpResponseBase:
    """The money of a year; the public sees no line of few deals (融资合计)."""
    official, rows = is_official(request.actor), records_for(request)
    smallest = 1 if official else finance_deals.SMALLEST
    years = finance_deals.years_of(rows) or [timezone.localdate().year]
    year = chosen_year(request, years)
    axis = request.GET.get("by", "kind")
    axis = axis if axis in AXES else "kind"
    counted = rows if axis == "kind" else finance_deals.funding(rows)
    lines = finance_deals.totals(counted, year=year, axis=axis, smallest=smallest)
    table = total_table(request, lines, label=AXES[axis][0])
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "chart": total_chart(lines, year=year, label=AXES[axis][0]),
        "whole": finance_deals.whole(finance_deals.funding(rows), year=year, smallest=smallest),
        "lines": lines,
        "years": years,
        "year": year,
        "axis": axis,
        "axes": [(code, label) for code, (label, _) in AXES.items()],
        "smallest": finance_deals.SMALLEST,
        "official": official,
        "reads": may_read_finance(request.actor),
    }
    return render(request, f"{CELL}totals.html", context)


def records_for(request: Request) -> QuerySet[FinanceRecord]:
    """The region's records for officials; all of them for sums that hide small numbers."""
    if is_official(request.actor):
        return finance_deals.records_of_region(request.actor)
    return finance_deals.public_records()


def chosen_year(request: Request, years: list[int]) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdigit() and int(asked) in years else years[0]


def shown(value: Decimal | int | None) -> Decimal | int | str:
    return HIDDEN if value is None else value


def total_table(request: Request, lines: list[TotalLine], *, label: str) -> Table:
    return Table(
        request=request,
        name="finance_totals",
        rows=lines,
        caption=f"按{label}合计",
        order="",
        columns=[
            Column("label", label, main=True),
            Column(
                "amount",
                "金额",
                value=lambda row: HIDDEN if row.is_hidden else wan(row.amount),
                unit="万元",
                numeric=True,
            ),
            Column("deals", "对接", value=lambda row: shown(row.deals), unit="项", numeric=True),
            Column(
                "projects", "需求", value=lambda row: shown(row.projects), unit="项", numeric=True
            ),
        ],
        empty={"missing": "这一年还没有发放记录", "why": "金融机构登记发放后按年合计。"},
    )


def total_chart(lines: list[TotalLine], *, year: int, label: str) -> Chart:
    known = [line for line in lines if line.amount is not None]
    amounts = [float((line.amount or Decimal(0)) / WAN) for line in known]
    return Chart(
        name="finance_totals",
        title=f"{year} 年融资金额，按{label}",
        unit="万元",
        source=SOURCE,
        as_of=timezone.localdate(),
        kind="bars",
        labels=[line.label for line in known],
        series=[Series("金额", amounts)],
    )


@require_safe
def fund_leverage(request: Request) -> HttpResponseBase:
    """Fund money and the social money beside it, by fund or by project (撬动统计)."""
    require_finance_reader(request.actor)
    rows = pitches_visible_to(request.actor)
    by = "pitch" if request.GET.get("by") == "pitch" else "fund"
    lines = funds.leverage_by_pitch(rows) if by == "pitch" else funds.leverage_by_fund(rows)
    table = leverage_table(request, lines, by=by)
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "lines": lines,
        "chart": leverage_chart(lines),
        "whole": funds.whole_of(lines),
        "by": by,
    }
    return render(request, f"{CELL}leverage.html", context)


def leverage_table(request: Request, lines: list[LeverageLine], *, by: str) -> Table:
    label = "项目或成果" if by == "pitch" else "基金"
    return Table(
        request=request,
        name="fund_leverage",
        rows=lines,
        caption=f"撬动社会资本，按{label}",
        order="",
        row_url=(lambda row: row.url) if by == "pitch" else None,
        columns=[
            Column("label", label, main=True),
            Column("projects", "项目", unit="项", numeric=True),
            Column("fund", "基金出资", value=lambda row: wan(row.fund), unit="万元", numeric=True),
            Column(
                "social", "社会资本", value=lambda row: wan(row.social), unit="万元", numeric=True
            ),
            Column(
                "times",
                "撬动倍数",
                value=lambda row: "未设定" if row.times is None else row.times,
                unit="倍",
                numeric=True,
            ),
        ],
        empty={"missing": "还没有投资记录", "why": "基金登记出资和社会资本后，这里算出撬动倍数。"},
    )


def leverage_chart(lines: list[LeverageLine]) -> Chart:
    return Chart(
        name="fund_leverage",
        title="基金出资和社会资本",
        unit="万元",
        source="基金投资记录",
        as_of=timezone.localdate(),
        kind="stacked",
        labels=[line.label for line in lines[:12]],
        series=[
            Series("基金出资", [float(line.fund / WAN) for line in lines[:12]]),
            Series("社会资本", [float(line.social / WAN) for line in lines[:12]]),
        ],
        note="最多显示 12 项，全部见表格" if len(lines) > 12 else "",
    )
