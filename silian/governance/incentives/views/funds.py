"""The directory of funds, and the manager's own desk (产业化基金)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Fact
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.choices.finance import FundKind, FundStage, FundState
from silian.governance.incentives.commands.funds import close_fund, open_fund, write_fund
from silian.governance.incentives.forms.funds import FundForm
from silian.governance.incentives.forms.needs import ReasonForm
from silian.governance.incentives.models import IndustryFund
from silian.governance.incentives.permissions.finance import (
    is_applicant,
    is_provider,
    may_read_finance,
)
from silian.governance.incentives.permissions.funds import (
    funds_kept_by,
    funds_visible_to,
    require_fund_manager,
)
from silian.governance.incentives.queries.funds import (
    funds_for_list,
    pitches_for_list,
    region_choices,
)
from silian.governance.incentives.rules.finance_matching import wan
from silian.governance.incentives.views.finance_acts import Act, act_page, plain

CELL = "incentives/finance/funds/"
REGISTER = ("产业化基金", "incentives:funds")
UNSET = "未设定"
COLUMNS = (
    Column("name", "基金", template=f"{CELL}_cell_name.html", sort="name", main=True),
    Column("kind", "类别", value=lambda row: row.get_kind_display(), sort="kind"),
    Column("size", "规模", value=lambda row: wan(row.size), unit="万元", numeric=True, sort="size"),
    Column(
        "government_part", "其中政府出资", value=lambda row: wan(row.government_part) or UNSET,
        unit="万元", numeric=True, sort="government_part",
    ),
    Column("stages", "投资阶段", value=lambda row: row.stage_words),
    Column("division", "投资地区", value="division__name", optional=True),
    Column("accepted", "已同意投资", unit="项", numeric=True, sort="accepted"),
    Column(
        "state",
        "状态",
        value=lambda row: row.get_state_display(),
        template="incentives/finance/_cell_state.html",
        sort="state",
    ),
)  # fmt: skip
EMPTY = {
    "missing": "没有符合条件的基金",
    "why": "基金由管理机构登记并公布；公布后企业和院校可以投递项目和成果。",
}


@login_not_required
@require_safe
def fund_list(request: Request) -> HttpResponseBase:
    """Every fund, open to everybody (基金目录)."""
    seen = funds_visible_to(request.actor)
    facets = [
        facet(request=request, name="kind", label="基金类别", choices=FundKind.choices),
        facet(request=request, name="stage", label="投资阶段", choices=FundStage.choices),
        facet(request=request, name="state", label="状态", choices=FundState.choices),
    ]
    bar = FilterBar(request=request, placeholder="基金、管理机构、投资方向", facets=facets)
    table = Table(
        request=request,
        name="industry_funds",
        rows=funds_for_list(chosen(request, seen, text=bar.text)),
        columns=COLUMNS,
        caption="产业化基金目录",
        order="name",
        row_url=lambda row: row.get_absolute_url(),
        empty=EMPTY,
    )
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "bar": bar,
        "open": seen.filter(state=FundState.OPEN).count(),
        "writes": is_provider(request.actor),
        "reads": may_read_finance(request.actor),
    }
    return render(request, f"{CELL}{'_list' if request.htmx else 'list'}.html", context)


def chosen(request: Request, rows: QuerySet[IndustryFund], *, text: str) -> QuerySet[IndustryFund]:
    for name, path in (("kind", "kind__in"), ("stage", "stages__overlap"), ("state", "state__in")):
        if picked := request.GET.getlist(name):
            rows = rows.filter(**{path: picked})
    if text:
        words = Q(name__icontains=text) | Q(manager__name__icontains=text)
        rows = rows.filter(words | Q(focus__icontains=text))
    return rows


@login_not_required
@require_safe
def fund_detail(request: Request, fund_id: int) -> HttpResponse:
    """One fund, and what of it the reader may see."""
    rows = funds_visible_to(request.actor).select_related("manager", "division")
    fund = get_object_or_404(rows, pk=fund_id)
    context = {
        "fund": fund,
        "facts": facts_of(fund),
        "is_own": funds_kept_by(request.actor).filter(pk=fund.pk).exists(),
        "may_pitch": is_applicant(request.actor) and fund.state == FundState.OPEN,
        "pitches": list(pitches_for_list(request.actor).filter(fund=fund)[:30]),
    }
    return render(request, f"{CELL}detail.html", context)


def facts_of(fund: IndustryFund) -> list[Fact]:
    part = UNSET if fund.government_part is None else f"{wan(fund.government_part)} 万元"
    return [
        Fact(name="基金类别", value=fund.get_kind_display()),
        Fact(name="管理机构", value=fund.manager.name),
        Fact(name="基金规模", value=f"{wan(fund.size)} 万元", source="管理机构登记"),
        Fact(name="其中政府出资", value=part),
        Fact(name="投资地区", value=fund.division.name),
        Fact(name="投资阶段", value=fund.stage_words),
        Fact(name="备案编码", value=fund.filing_number or "未填写"),
        Fact(name="联系方式", value=fund.contact or "未填写"),
        Fact(name="投资方向", value=fund.focus, wide=True),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def fund_new(request: Request) -> HttpResponse:
    """Enter a fund (登记基金)."""
    require_fund_manager(request.actor)
    return fund_form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def fund_edit(request: Request, fund_id: int) -> HttpResponse:
    """Change a fund that takes no pitches (修改基金)."""
    require_fund_manager(request.actor)
    return fund_form(request, get_object_or_404(funds_kept_by(request.actor), pk=fund_id))


def fund_form(request: Request, fund: IndustryFund | None) -> HttpResponse:
    initial = {name: getattr(fund, name) for name in FundForm.base_fields} if fund else {}
    regions = region_choices(request.actor.organisation_id or 0)
    form = FundForm(request.POST or None, initial=initial, regions=regions)

    def send(said: dict[str, Any]) -> IndustryFund:
        fund_id = fund.pk if fund else None
        return write_fund(text=form.text(), actor=request.actor, fund_id=fund_id)

    title = "修改基金" if fund else "登记基金"
    lead = "保存为草稿，公布后企业和院校可以投递。"
    back = fund or "incentives:funds"
    page = page_words(title, "保存", back=back, register=REGISTER, lead=lead)
    return answer_form(request, form=form, page=page, send=send, done="基金已保存。")


@require_POST
def fund_open(request: Request, fund_id: int) -> HttpResponse:
    """Show a fund and take pitches (公布)."""
    require_fund_manager(request.actor)
    fund = get_object_or_404(funds_kept_by(request.actor), pk=fund_id)
    return done_or_said(
        request,
        lambda: open_fund(fund_id=fund.pk, actor=request.actor, now=timezone.now()),
        done="已公布，开始接受投递。",
        then=fund,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def fund_close(request: Request, fund_id: int) -> HttpResponse:
    """Take no more pitches (停止投资)."""
    require_fund_manager(request.actor)
    fund = get_object_or_404(funds_kept_by(request.actor), pk=fund_id)
    return act_page(request, ACTS, "close", fund, register=REGISTER)


ACTS = {
    "close": Act(
        title="停止投资",
        button="停止投资",
        done="已停止接受投递，已收到的投递照常答复。",
        form=plain(ReasonForm, label="停止投资的原因"),
        require=lambda request, fund: require_fund_manager(request.actor),
        send=lambda request, fund, form: close_fund(
            fund_id=fund.pk, reason=form.cleaned_data["reason"], actor=request.actor
        ),
    )
}
