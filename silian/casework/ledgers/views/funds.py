"""Funds and their lines: the list with bars, one fund, one line, and what keepers do there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.ledgers.choices import FundKind, FundLevel
from silian.casework.ledgers.commands.funds import (
    appropriate,
    carry_forward,
    designate_office,
    open_fund,
    open_line,
    reduce_budget,
)
from silian.casework.ledgers.forms import BudgetForm, FundForm, LineForm, OfficeForm
from silian.casework.ledgers.models.funds import BudgetLine, Fund
from silian.casework.ledgers.permissions import (
    funds_visible_to,
    keeps,
    lines_visible_to,
    may_designate,
    may_spend,
    offices_kept_by,
    offices_visible_to,
    require_designator,
    require_keeper,
    require_reader,
)
from silian.casework.ledgers.queries.balances import Balances, balances_of, together
from silian.casework.ledgers.queries.showing import (
    entries_url,
    figures_of,
    fund_chart,
    newest_entries,
)
from silian.casework.ledgers.views.pages import typed, words
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, done_or_said
from silian.foundation.ui.tables import Column, Table

LIST = "ledgers:fund_list"


@require_safe
def fund_list(request: Request) -> Any:
    """Every line with 预算, 占用, 支付, 结余 as a bar (资金台账)."""
    actor = request.actor
    require_reader(actor)
    lines = lines_visible_to(actor)
    bar = line_filters(request, lines)
    rows = chosen_lines(request, lines, bar)
    table = line_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    found = list(rows)
    context = {
        "table": table,
        "bar": bar,
        "figures": figures_of(together(list(balances_of(found).values())), request.GET.urlencode()),
        "funds": funds_visible_to(actor).count(),
        "keeps": offices_kept_by(actor).exists(),
        "designates": may_designate(actor),
        "offices": offices_visible_to(actor).select_related("organisation", "division"),
    }
    template = "ledgers/_lines.html" if request.htmx else "ledgers/funds.html"
    return render(request, template, context)


def line_filters(request: Request, lines: QuerySet[BudgetLine]) -> FilterBar:
    years = lines.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    funds = lines.order_by("fund__name").values_list("fund_id", "fund__name").distinct()
    return FilterBar(
        request=request,
        placeholder="项目、文件",
        facets=[
            facet(request=request, name="year", label="预算年度",
                  choices=[(str(year), f"{year} 年") for year in years]),
            facet(request=request, name="fund", label="资金",
                  choices=[(str(key), name) for key, name in funds]),
            facet(request=request, name="level", label="来源级次", choices=FundLevel.choices),
            facet(request=request, name="kind", label="资金性质", choices=FundKind.choices),
        ],
    )  # fmt: skip


def chosen_lines(
    request: Request, rows: QuerySet[BudgetLine], bar: FilterBar
) -> QuerySet[BudgetLine]:
    """What the filters leave."""
    for name, column in (("year", "fiscal_year"), ("fund", "fund_id")):
        if values := [value for value in request.GET.getlist(name) if value.isdecimal()]:
            rows = rows.filter(**{f"{column}__in": [int(value[:9]) for value in values]})
    for name in ("level", "kind"):
        if values := request.GET.getlist(name):
            rows = rows.filter(**{f"fund__{name}__in": values})
    if text := typed(bar.text):
        rows = rows.filter(name__icontains=text) | rows.filter(document__icontains=text)
    return rows.order_by("-fiscal_year", "pk")


def line_columns(balances: Callable[[BudgetLine], Balances]) -> list[Column]:
    """What is told of a line; amounts one by one on request, together as a bar always."""

    def amount(name: str, label: str, **given: Any) -> Column:
        column: Column = Column(
            name, label, lambda row: getattr(balances(row), name), unit="元", numeric=True, **given
        )
        return column

    return [
        Column("name", "预算项目", main=True, template="ledgers/_cell_line.html",
               export=lambda row: row.name),
        Column("fiscal_year", "年度", template="ledgers/_cell_plain.html", sort="fiscal_year"),
        Column("bar", "预算、占用、支付、结余", balances, template="ledgers/_cell_bar.html",
               export=lambda row: f"{balances(row).rate or 0}%"),
        amount("appropriated", "预算", optional=True),
        amount("promised", "占用", optional=True),
        amount("paid", "支付", optional=True),
        amount("available", "结余"),
        Column("owner", "主管部门", "fund__owner__display_name", optional=True),
        Column("basis", "依据", lambda row: f"{row.document} {row.clause}", optional=True),
    ]  # fmt: skip


def line_table(request: Request, rows: QuerySet[BudgetLine]) -> Table:
    """Lines with their balances, which are read once for the page or the file."""
    known: dict[int, Any] = {}

    def balances(row: BudgetLine) -> Any:
        if row.pk not in known:
            wanted = table.page.rows if not table.export_wanted else rows
            known.update(balances_of(wanted))
        return known[row.pk]

    table = Table(
        request=request, name="budget_lines", rows=rows, caption="资金台账",
        columns=line_columns(balances),
        order="-fiscal_year", row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "还没有预算项目", "why": "记账单位设立资金、开立项目后列在这里。"},
    )  # fmt: skip
    return table


@require_safe
def fund_detail(request: Request, fund_id: int) -> HttpResponse:
    """One fund: its lines of every year, how they stand, what was booked last."""
    fund = get_object_or_404(funds_visible_to(request.actor), pk=fund_id)
    lines = list(fund.lines.all())
    balances = balances_of(lines)
    context = {
        "fund": fund,
        "rows": [(line, balances[line.pk]) for line in lines],
        "figures": figures_of(together(list(balances.values())), f"fund={fund.pk}"),
        "chart": fund_chart(fund, lines, balances, on=timezone.localdate()),
        "entries": newest_entries(request.actor, fund=fund),
        "keeps": keeps(request.actor, fund.office),
        "journal_url": entries_url(f"fund={fund.pk}", ()),
    }
    return render(request, "ledgers/fund.html", context)


@require_safe
def line_detail(request: Request, line_id: int) -> HttpResponse:
    """One budget line: accounts, commitments, last entries."""
    line = get_object_or_404(lines_visible_to(request.actor), pk=line_id)
    balances = balances_of([line])[line.pk]
    context = {
        "line": line,
        "balances": balances,
        "figures": figures_of(balances, f"line={line.pk}"),
        "commitments": line.commitments.select_related("line")[:20],
        "receivables": line.receivables.all()[:20],
        "entries": newest_entries(request.actor, line=line),
        "keeps": keeps(request.actor, line.fund.office),
        "spends": may_spend(request.actor, line.fund),
        "journal_url": entries_url(f"line={line.pk}", ()),
        "next_line": BudgetLine.objects.filter(carried_from=line).first(),
        "over": line.fiscal_year < timezone.localdate().year,
    }
    return render(request, "ledgers/line.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def office_new(request: Request) -> HttpResponse:
    """Name the department that keeps the books (指定记账单位)."""
    require_designator(request.actor, division=request.actor.jurisdiction)
    form = OfficeForm(request.POST or None, initial={"division": request.actor.jurisdiction})
    lead = "记账单位的审核员、经办人和单位管理员登记账务，其他人员按职责查看"
    return answer_form(
        request,
        form=form,
        page=words("指定记账单位", "指定", back=LIST, lead=lead),
        send=lambda said: designate_office(
            division=said["division"].pk, organisation_id=said["organisation"].pk,
            basis=said["basis"], on=said["on"], actor=request.actor,
        ),
        done="已指定，记账单位的人员可以设立资金。",
        then=LIST,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def fund_new(request: Request) -> HttpResponse:
    """Open a fund (设立资金)."""
    office = offices_kept_by(request.actor).first()
    if office is None:
        raise NotAllowed("资金由记账单位（财政）的人员设立。请联系本地区记账单位。")
    form = FundForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=words("设立资金", "设立", back=LIST, lead="设立后开立预算项目，再下达预算"),
        send=lambda said: open_fund(
            office_id=office.pk, owner_id=said["owner"].pk, facts=form.facts(),
            actor=request.actor,
        ),
        done="已设立，请开立预算项目。",
    )  # fmt: skip


def kept_fund(request: Request, fund_id: int) -> Fund:
    fund = get_object_or_404(funds_visible_to(request.actor), pk=fund_id)
    require_keeper(request.actor, fund.office)
    return fund


@require_http_methods(["GET", "HEAD", "POST"])
def line_new(request: Request, fund_id: int) -> HttpResponse:
    """Open a budget line (开立预算项目)."""
    fund = kept_fund(request, fund_id)
    start = {"fiscal_year": timezone.localdate().year, "document": fund.document}
    form = LineForm(request.POST or None, initial=start)
    return answer_form(
        request,
        form=form,
        page=words("开立预算项目", "开立", back=fund, lead=fund.name),
        send=lambda said: open_line(fund_id=fund.pk, facts=form.facts(), actor=request.actor),
        done="已开立，请下达预算。",
    )


def kept_line(request: Request, line_id: int) -> BudgetLine:
    line = get_object_or_404(lines_visible_to(request.actor), pk=line_id)
    require_keeper(request.actor, line.fund.office)
    return line


@require_http_methods(["GET", "HEAD", "POST"])
def line_appropriate(request: Request, line_id: int) -> HttpResponse:
    """Book a grant (下达预算)."""
    line = kept_line(request, line_id)
    return answer_form(
        request,
        form=BudgetForm(request.POST or None),
        page=words("下达预算", "下达", back=line, lead=str(line)),
        send=lambda said: appropriate(line_id=line.pk, actor=request.actor, **said),
        done="已下达。",
        then=line,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def line_reduce(request: Request, line_id: int) -> HttpResponse:
    """Book money taken back (调减预算)."""
    line = kept_line(request, line_id)
    left = balances_of([line])[line.pk].available
    return answer_form(
        request,
        form=BudgetForm(request.POST or None),
        page=words("调减预算", "调减", back=line, lead=f"{line}，可用指标 {left:,.2f} 元"),
        send=lambda said: reduce_budget(line_id=line.pk, actor=request.actor, **said),
        done="已调减。",
        then=line,
    )


@require_POST
def line_carry(request: Request, line_id: int) -> HttpResponse:
    """Carry what is left into the next year (年终结转)."""
    line = kept_line(request, line_id)
    return done_or_said(
        request,
        lambda: carry_forward(line_id=line.pk, on=timezone.localdate(), actor=request.actor),
        done="已结转到下一年度。",
        then=line,
    )
