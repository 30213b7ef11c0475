"""What is handed to funds, the answers, and the money of each round (投递和投资)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Fact
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.choices.finance import Investor, PitchKind, PitchState
from silian.governance.incentives.commands.investments import PITCH_WORKING_DAYS, submit_pitch
from silian.governance.incentives.forms.funds import PitchForm
from silian.governance.incentives.models import FundPitch, InvestmentRecord
from silian.governance.incentives.permissions.finance import is_official
from silian.governance.incentives.permissions.funds import (
    funds_visible_to,
    owns_pitch,
    pitches_visible_to,
    require_pitch_reader,
    require_pitcher,
    runs_fund_of,
)
from silian.governance.incentives.queries.funds import WAITING, pitches_for_list
from silian.governance.incentives.queries.needs import own_projects
from silian.governance.incentives.rules.finance_matching import wan
from silian.governance.incentives.rules.investments import leverage
from silian.governance.incentives.views.finance_acts import act_page
from silian.governance.incentives.views.investment_acts import ACTS, CORRECTIONS, REGISTER

CELL = "incentives/finance/pitches/"
HISTORY = 30
COLUMNS = (
    Column("title", "项目或成果", template=f"{CELL}_cell_title.html", sort="title", main=True),
    Column("fund", "基金", value="fund__name", sort="fund__name", optional=True),
    Column("wanted", "拟融资", value=lambda row: wan(row.wanted), unit="万元", numeric=True,
           sort="wanted"),
    Column("fund_money", "基金已投", value=lambda row: wan(row.fund_money), unit="万元",
           numeric=True, sort="fund_money"),
    Column("social_money", "社会资本", value=lambda row: wan(row.social_money), unit="万元",
           numeric=True, sort="social_money"),
    Column("due_at", "答复期限", template=f"{CELL}_cell_due.html", sort="due_at",
           export=lambda row: row.due_at),
    Column(
        "state",
        "状态",
        value=lambda row: row.get_state_display(),
        template="incentives/finance/_cell_state.html",
        sort="state",
    ),
    Column("kind", "内容", value=lambda row: row.get_kind_display(), optional=True),
    Column("submitted_at", "投递时间", sort="submitted_at", optional=True),
)  # fmt: skip
EMPTY = {
    "missing": "还没有投递",
    "why": "在产业化基金目录选一只基金投递项目或成果，答复和投资记录会列在这里。",
}


@require_safe
def pitch_list(request: Request) -> HttpResponseBase:
    """Pitches within reach, with their clocks and money (基金投递)."""
    require_pitch_reader(request.actor)
    seen = pitches_visible_to(request.actor)
    facets = [
        facet(request=request, name="state", label="状态", choices=PitchState.choices),
        facet(request=request, name="kind", label="投递内容", choices=PitchKind.choices),
    ]
    bar = FilterBar(request=request, placeholder="项目、成果、投递单位、基金", facets=facets)
    table = pitch_table(request, text=bar.text)
    if table.export_wanted:
        return table.export_response()
    now = timezone.now()
    context = {
        "table": table,
        "bar": bar,
        "count": seen.count(),
        "waiting": seen.filter(state__in=WAITING).count(),
        "late": seen.filter(state__in=WAITING, due_at__lte=now).count(),
        "promise": PITCH_WORKING_DAYS,
        "official": is_official(request.actor),
    }
    return render(request, f"{CELL}{'_list' if request.htmx else 'list'}.html", context)


def pitch_table(request: Request, *, text: str) -> Table:
    return Table(
        request=request,
        name="fund_pitches",
        rows=chosen(request, pitches_for_list(request.actor), text=text),
        columns=COLUMNS,
        caption="基金投递",
        order="-submitted_at",
        row_url=lambda row: row.get_absolute_url(),
        empty=EMPTY,
    )


def chosen(request: Request, rows: QuerySet[Any], *, text: str) -> QuerySet[Any]:
    for name in ("state", "kind"):
        if picked := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": picked})
    if text:
        words = Q(title__icontains=text) | Q(owner__name__icontains=text)
        rows = rows.filter(words | Q(fund__name__icontains=text))
    return rows


def pitches_for_page(request: Request) -> QuerySet[FundPitch]:
    return pitches_visible_to(request.actor).select_related("fund__manager", "owner", "project")


@require_safe
def pitch_detail(request: Request, pitch_id: int) -> HttpResponse:
    """One pitch: what it is, the answer, the money and how much social money it brought."""
    pitch = get_object_or_404(pitches_for_page(request), pk=pitch_id)
    records = list(pitch.investments.select_related("entered_by", "replaces"))
    valid = [row for row in records if row.voided_at is None]
    sums = {
        investor: sum((row.amount for row in valid if row.investor == investor), Decimal(0))
        for investor in Investor
    }
    fund, social = sums[Investor.FUND], sums[Investor.SOCIAL]
    context = {
        "pitch": pitch,
        "facts": facts_of(pitch),
        "records": records,
        "fund_money": fund,
        "social_money": social,
        "times": leverage(fund=fund, social=social) if fund else None,
        "runs": runs_fund_of(request.actor, pitch),
        "owns": owns_pitch(request.actor, pitch),
        "history": [entry_of(row) for row in history_of(pitch)[:HISTORY]],
    }
    return render(request, f"{CELL}detail.html", context)


def facts_of(pitch: FundPitch) -> list[Fact]:
    rows = [
        Fact(name="投递内容", value=pitch.get_kind_display()),
        Fact(name="投递单位", value=pitch.owner.name),
        Fact(name="基金", value=pitch.fund.name, url=pitch.fund.get_absolute_url()),
        Fact(name="所处阶段", value=pitch.get_stage_display()),
        Fact(name="拟融资金额", value=f"{wan(pitch.wanted)} 万元"),
        Fact(name="投递时间", value=f"{timezone.localtime(pitch.submitted_at):%Y-%m-%d}"),
    ]
    if pitch.project:
        rows.append(Fact(name="关联项目", value=str(pitch.project)))
    if pitch.roadshow_at:
        when = f"{timezone.localtime(pitch.roadshow_at):%Y-%m-%d %H:%M}"
        rows.append(Fact(name="路演", value=f"{when}　{pitch.roadshow_place}"))
    rows.append(Fact(name="情况介绍", value=pitch.summary, wide=True))
    if pitch.reason:
        rows.append(Fact(name="答复理由", value=pitch.reason, wide=True))
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
def pitch_new(request: Request, fund_id: int) -> HttpResponse:
    """Hand a project or result to a fund (投递)."""
    require_pitcher(request.actor)
    fund = get_object_or_404(funds_visible_to(request.actor), pk=fund_id)
    projects = own_projects(owner_id=request.actor.organisation_id or 0)
    form = PitchForm(request.POST or None, projects=projects)

    def send(said: dict[str, Any]) -> FundPitch:
        return submit_pitch(
            fund_id=fund.pk, text=form.text(), actor=request.actor, now=timezone.now()
        )

    lead = f"只有管理机构和政府部门能看到；基金应在 {PITCH_WORKING_DAYS} 个工作日内答复。"
    page = page_words(f"投递给{fund}", "投递", back=fund, register=REGISTER, lead=lead)
    return answer_form(request, form=form, page=page, send=send, done="已投递，等待基金答复。")


@require_http_methods(["GET", "HEAD", "POST"])
def pitch_act(request: Request, pitch_id: int, name: str) -> HttpResponse:
    """Invite, accept, decline, withdraw, or record money (办理)."""
    pitch = get_object_or_404(pitches_for_page(request), pk=pitch_id)
    return act_page(request, ACTS, name, pitch, register=REGISTER)


@require_http_methods(["GET", "HEAD", "POST"])
def investment_correct(request: Request, record_id: int) -> HttpResponse:
    """Put a payment right; the wrong one stays readable (更正)."""
    rows = InvestmentRecord.objects.filter(pitch__in=pitches_visible_to(request.actor))
    row = get_object_or_404(rows.select_related("pitch__fund"), pk=record_id)
    return act_page(request, CORRECTIONS, "correct", row, register=REGISTER, home=row.pitch)
