"""Deals: the table, one deal, its outcome and the ratings (成交)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.tables import Column, Table
from silian.operations.exchange.choices import DealState
from silian.operations.exchange.commands.deal import break_off_deal, complete_deal
from silian.operations.exchange.commands.deal_rating import rate_deal
from silian.operations.exchange.forms.negotiation import OutcomeForm, RatingForm
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.models.deal import Deal
from silian.operations.exchange.permissions.negotiations import (
    deals_visible_to,
    is_supervisor,
    side_of,
)
from silian.operations.exchange.queries.deals import deal_page, deals_for_list
from silian.operations.exchange.views.access import refuse_outsiders
from silian.operations.exchange.views.form_pages import field_of, form_page


def topic(deal: Deal) -> str:
    return "是" if deal.from_production else ""


COLUMNS = [
    Column("reference", "协议编号", value="agreement_reference", main=True),
    Column("listing", "供需", value="listing__title"),
    Column("kind", "类别", value=lambda deal: listing_kinds()[deal.listing.kind].label),
    Column("owner", "发布单位", value="negotiation__owner__name"),
    Column("asker", "应答单位", value="negotiation__asker__name"),
    Column("quantity", "数量", sort="quantity", numeric=True),
    Column("achieved", "实际完成", sort="achieved", numeric=True),
    Column("agreed_on", "签约日", sort="agreed_on"),
    Column(
        "state",
        "状态",
        value=lambda deal: deal.get_state_display(),
        template="exchange/_cell_deal_state.html",
        sort="state",
    ),
    Column("closed_on", "结束日", sort="closed_on", optional=True),
    Column("outcome", "成效", optional=True),
    Column("from_production", "选题来自一线", value=lambda deal: topic(deal), optional=True),
    Column("joint_project", "联合申报项目", optional=True),
]


@require_safe
def deal_list(request: Request) -> HttpResponseBase:
    """The deals of one's organisation, or for officials of their region (成交)."""
    if not is_supervisor(request.actor):
        refuse_outsiders(request.actor)
    visible = deals_visible_to(request.actor)
    bar = FilterBar(
        request=request, facets=deal_facets(request), placeholder="协议编号、供需、单位"
    )
    table = Table(
        request=request,
        name="deals",
        rows=chosen_deals(request, deals_for_list(visible), text=bar.text),
        columns=COLUMNS,
        caption="成交",
        order="-agreed_on",
        row_url=lambda deal: reverse("exchange:deal_detail", kwargs={"deal_id": deal.pk}),
    )
    if table.export_wanted:
        return table.export_response()
    template = "exchange/_deals.html" if request.htmx else "exchange/deals.html"
    context = {"table": table, "bar": bar, "supervising": is_supervisor(request.actor)}
    return render(request, template, context)


def deal_facets(request: Request) -> list[Any]:
    kinds = [(code, kind.label) for code, kind in listing_kinds().items()]
    return [
        facet(request=request, name="state", label="状态", choices=DealState.choices),
        facet(request=request, name="kind", label="类别", choices=kinds),
    ]


def chosen_deals(request: Request, rows: QuerySet[Deal], *, text: str) -> QuerySet[Deal]:
    """The deals that the filters leave."""
    if states := request.GET.getlist("state"):
        rows = rows.filter(state__in=states)
    if kinds := request.GET.getlist("kind"):
        rows = rows.filter(listing__kind__in=kinds)
    if text:
        rows = rows.filter(
            Q(agreement_reference__icontains=text)
            | Q(listing__title__icontains=text)
            | Q(negotiation__asker__name__icontains=text)
            | Q(negotiation__owner__name__icontains=text)
        )
    return rows


@require_safe
def deal_detail(request: Request, deal_id: int) -> HttpResponse:
    """One deal with its terms, outcome and ratings; the conversation is for the two sides only."""
    deal = get_object_or_404(deals_for_list(deals_visible_to(request.actor)), pk=deal_id)
    context = deal_page(deal=deal, actor=request.actor, now=timezone.localtime())
    return render(request, "exchange/deal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def deal_complete(request: Request, deal_id: int) -> HttpResponse:
    """Record what a deal achieved (登记完成)."""
    return outcome_page(request, deal_id, broken_off=False)


@require_http_methods(["GET", "HEAD", "POST"])
def deal_break_off(request: Request, deal_id: int) -> HttpResponse:
    """Record that a deal ended early (登记中止)."""
    return outcome_page(request, deal_id, broken_off=True)


def outcome_page(request: Request, deal_id: int, *, broken_off: bool) -> HttpResponse:
    deal = own_deal(request, deal_id)
    form = OutcomeForm(
        request.POST or None,
        broken_off=broken_off,
        initial={"closed_on": timezone.localdate(), "achieved": 0 if broken_off else deal.quantity},
    )
    command = break_off_deal if broken_off else complete_deal
    if request.method == "POST" and form.is_valid():
        try:
            command(
                deal_id=deal.pk, actor=request.actor, now=timezone.localtime(), **form.cleaned_data
            )
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            messages.success(request, "结果已登记，请评价对方。")
            return redirect("exchange:deal_detail", deal_id=deal.pk)
    context = {"deal": deal, "broken_off": broken_off}
    return form_page(request, "exchange/deal_outcome.html", form=form, context=context)


def own_deal(request: Request, deal_id: int) -> Deal:
    """A deal of the actor's own organisation; an official's view has no buttons."""
    mine = side_of(request.actor)
    rows = deals_for_list(deals_visible_to(request.actor)).filter(
        Q(negotiation__asker_id=mine) | Q(negotiation__owner_id=mine)
    )
    return get_object_or_404(rows, pk=deal_id)


@require_http_methods(["GET", "HEAD", "POST"])
def deal_rate(request: Request, deal_id: int) -> HttpResponse:
    """Rate the other side, once (评价)."""
    deal = own_deal(request, deal_id)
    form = RatingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rate_deal(
                deal_id=deal.pk, actor=request.actor, now=timezone.localtime(), **form.cleaned_data
            )
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            messages.success(request, "评价已提交，双方都评价后互相可见。")
            return redirect("exchange:deal_detail", deal_id=deal.pk)
    context = deal_page(deal=deal, actor=request.actor, now=timezone.localtime())
    return form_page(request, "exchange/deal_rating.html", form=form, context=context)
