"""Financing needs: written by owners, shown to providers by consent, matched with products."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Fact
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.incentives.choices.finance import FinanceKind, NeedState
from silian.governance.incentives.commands.needs import (
    open_need,
    reopen_need,
    settle_need,
    withdraw_consent,
    write_need,
)
from silian.governance.incentives.forms.needs import NeedForm
from silian.governance.incentives.models import FinanceProduct, FinancingNeed
from silian.governance.incentives.permissions.finance import (
    answers_visible_to,
    is_applicant,
    is_official,
    is_provider,
    needs_kept_by,
    needs_visible_to,
    products_kept_by,
    require_applicant,
    require_finance_reader,
)
from silian.governance.incentives.queries.finance_matching import Match, matches
from silian.governance.incentives.queries.needs import (
    consent_of,
    figures_of,
    own_project,
    own_projects,
    products_in_talks,
    with_consent,
)
from silian.governance.incentives.rules.finance_matching import wan
from silian.governance.incentives.views.finance_need_acts import REGISTER, need_act_page

CELL = "incentives/finance/needs/"
HISTORY = 20
COLUMNS = (
    Column("title", "需求", template=f"{CELL}_cell_title.html", sort="title", main=True),
    Column("owner", "申请单位", value="owner__name", sort="owner__name"),
    Column(
        "amount", "融资金额", value=lambda row: wan(row.amount), unit="万元", sort="amount",
        numeric=True,
    ),
    Column("months", "期限", unit="个月", numeric=True, sort="months"),
    Column("shown", "展示授权", value=lambda row: "已授权" if row.is_shown else "未授权"),
    Column(
        "state",
        "状态",
        value=lambda row: row.get_state_display(),
        template="incentives/finance/_cell_state.html",
        sort="state",
    ),
    Column("division", "地区", value="division__name", optional=True),
    Column("opened_on", "发布日", sort="opened_on", optional=True),
)  # fmt: skip
EMPTY_OWN = {
    "missing": "还没有融资需求",
    "why": "从工程项目带出总投资和缺口，发布并授权后，金融机构才能看到。",
}
EMPTY_SEEN = {
    "missing": "没有可以查看的融资需求",
    "why": "只显示申请单位已授权的需求；授权撤回后立即不再显示。",
}


@require_safe
def need_list(request: Request) -> HttpResponseBase:
    """Needs within reach: one's own, those consented, those of the region (融资需求)."""
    require_finance_reader(request.actor)
    today = timezone.localdate()
    seen = needs_visible_to(request.actor, on=today)
    facets = [
        facet(request=request, name="state", label="状态", choices=NeedState.choices),
        facet(request=request, name="kind", label="可接受的品种", choices=FinanceKind.choices),
    ]
    bar = FilterBar(request=request, placeholder="需求、申请单位、项目", facets=facets)
    table = need_table(request, with_consent(chosen(request, seen, text=bar.text), on=today))
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "bar": bar,
        "count": seen.count(),
        "open": seen.filter(state=NeedState.OPEN).count(),
        "writes": is_applicant(request.actor),
        "official": is_official(request.actor),
    }
    return render(request, f"{CELL}{'_list' if request.htmx else 'list'}.html", context)


def need_table(request: Request, rows: QuerySet[Any]) -> Table:
    return Table(
        request=request,
        name="finance_needs",
        rows=rows,
        columns=COLUMNS,
        caption="融资需求",
        order="-state",
        row_url=lambda row: row.get_absolute_url(),
        empty=EMPTY_OWN if is_applicant(request.actor) else EMPTY_SEEN,
    )


def chosen(
    request: Request, rows: QuerySet[FinancingNeed], *, text: str
) -> QuerySet[FinancingNeed]:
    if states := request.GET.getlist("state"):
        rows = rows.filter(state__in=states)
    if kinds := request.GET.getlist("kind"):
        rows = rows.filter(Q(kinds__overlap=kinds) | Q(kinds=[]))
    if text:
        words = Q(title__icontains=text) | Q(owner__name__icontains=text)
        rows = rows.filter(words | Q(project__name__icontains=text))
    return rows


@require_safe
def need_detail(request: Request, need_id: int) -> HttpResponse:
    """One need: its money, who sees it, which products fit and what is missing."""
    today = timezone.localdate()
    rows = needs_visible_to(request.actor, on=today).select_related("owner", "project", "division")
    need = get_object_or_404(rows, pk=need_id)
    is_own = needs_kept_by(request.actor).filter(pk=need.pk).exists()
    inside = is_own or is_official(request.actor)
    answers = answers_visible_to(request.actor).filter(need=need)
    context = {
        "need": need,
        "facts": facts_of(need),
        "is_own": is_own,
        "may_answer": is_provider(request.actor) and need.state == NeedState.OPEN,
        "consent": consent_of(need, on=today) if inside else None,
        "inside": inside,
        "talking": products_in_talks(need),
        "matches": matches_of(request, need, is_own=is_own, on=today),
        "answers": list(answers.select_related("provider", "product")),
        "history": [entry_of(row) for row in history_of(need)[:HISTORY]] if inside else [],
    }
    return render(request, f"{CELL}detail.html", context)


def matches_of(
    request: Request, need: FinancingNeed, *, is_own: bool, on: datetime.date
) -> list[Match]:
    """All offered products for the owner and officials; for a provider its own."""
    offered = FinanceProduct.objects.offered(on=on)  # type: ignore[attr-defined]
    if not (is_own or is_official(request.actor)):
        kept = products_kept_by(request.actor)
        offered = offered.filter(pk__in=kept.values("pk"))
    return matches(needs=[need], products=list(offered.select_related("provider")), on=on)


def facts_of(need: FinancingNeed) -> list[Fact]:
    kinds = "、".join(FinanceKind(code).label for code in need.kinds) or "都可以"
    rows = [
        Fact(name="融资金额", value=f"{wan(need.amount)} 万元"),
        Fact(name="融资期限", value=f"{need.months} 个月" if need.months else "未设定"),
        Fact(name="申请单位", value=need.owner.name),
        Fact(name="所在地区", value=need.division.name),
        Fact(name="可接受的品种", value=kinds, wide=True),
        Fact(name="资金用途", value=need.use, wide=True),
    ]
    if need.project:
        source = f"工程项目资金筹措计划，{need.figures_on}"
        rows[2:2] = [
            Fact(name="关联项目", value=f"{need.project}（{need.project.get_stage_display()}）"),
            Fact(name="项目总投资", value=f"{wan(need.total)} 万元", source=source),
            Fact(name="项目资金缺口", value=f"{wan(need.gap)} 万元", source=source),
        ]
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
def need_new(request: Request) -> HttpResponse:
    """Write a need down, prefilled from a project when one is named (填写融资需求)."""
    require_applicant(request.actor)
    owner_id = request.actor.organisation_id or 0
    named = request.GET.get("project", "")
    project = own_project(project_id=int(named), owner_id=owner_id) if named.isdigit() else None
    initial: dict[str, Any] = {}
    source = ""
    if project:
        figures = figures_of(project)
        initial = {
            "project": project.pk,
            "title": f"{project.name}融资",
            "amount": figures.wanted or None,
            "use": f"用于{project.name}建设：",
        }
        if figures.wanted:
            source = "来源：资金缺口，加上计划由贷款和社会资本筹措、还没有下达的部分"
    return need_form(request, None, initial=initial, source=source)


@require_http_methods(["GET", "HEAD", "POST"])
def need_edit(request: Request, need_id: int) -> HttpResponse:
    """Change a need (修改融资需求)."""
    require_applicant(request.actor)
    need = get_object_or_404(needs_kept_by(request.actor), pk=need_id)
    names = ("title", "amount", "months", "use", "kinds")
    initial = {name: getattr(need, name) for name in names} | {"project": need.project_id}
    return need_form(request, need, initial=initial)


def need_form(
    request: Request, need: FinancingNeed | None, *, initial: dict[str, Any], source: str = ""
) -> HttpResponse:
    projects = own_projects(owner_id=request.actor.organisation_id or 0)
    form = NeedForm(request.POST or None, initial=initial, projects=projects, source=source)

    def send(said: dict[str, Any]) -> FinancingNeed:
        return write_need(
            text=form.text(),
            actor=request.actor,
            now=timezone.now(),
            need_id=need.pk if need else None,
        )

    title = "修改融资需求" if need else "填写融资需求"
    lead = "保存后先发布，再授权金融机构查看；没有授权的需求金融机构看不到。"
    back = need or "incentives:finance_needs"
    page = page_words(title, "保存", back=back, register=REGISTER, lead=lead)
    if need is None:
        page = replace(page, context=projects_beside(projects))
    return answer_form(request, form=form, page=page, send=send, done="融资需求已保存。")


def projects_beside(projects: QuerySet[IntegrationProject]) -> dict[str, Any]:
    """Own projects from which the form is filled (从项目带出)."""
    new = reverse("incentives:finance_need_new")
    facts = [
        Fact(name=row.get_stage_display(), value=row.name, url=f"{new}?project={row.pk}", wide=True)
        for row in projects[:20]
    ]
    return {"subject_title": "从工程项目带出", "subject_facts": facts}


Step = Callable[..., FinancingNeed]
STEPS: dict[str, tuple[Step, str, bool]] = {
    "open": (open_need, "已发布，请授权金融机构查看。", True),
    "met": (settle_need, "已登记为落实。", False),
    "reopen": (reopen_need, "已重新征集，请核对展示授权。", True),
    "hide": (withdraw_consent, "已撤回授权，金融机构不再看到这项需求。", True),
}


@require_POST
def need_step(request: Request, need_id: int, name: str) -> HttpResponse:
    """Send a need out, say that it is met, look again, or hide it (办理)."""
    require_applicant(request.actor)
    need = get_object_or_404(needs_kept_by(request.actor), pk=need_id)
    if name not in STEPS:
        raise Http404("没有这一步。")
    command, done, timed = STEPS[name]
    given: dict[str, Any] = {"now": timezone.now()} if timed else {}
    return done_or_said(
        request,
        lambda: command(need_id=need.pk, actor=request.actor, **given),
        done=done,
        then=reverse("incentives:finance_need", args=[need.pk]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def need_act(request: Request, need_id: int, name: str) -> HttpResponse:
    """Consent, close, ask a provider, or answer with a product (办理)."""
    require_finance_reader(request.actor)
    rows = needs_visible_to(request.actor, on=timezone.localdate())
    need = get_object_or_404(rows.select_related("owner", "project"), pk=need_id)
    return need_act_page(request, need, name)
