"""Propose terms, accept them, record the agreement."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.operations.exchange.choices import NegotiationState
from silian.operations.exchange.commands.deal import record_deal
from silian.operations.exchange.commands.negotiation_intents import accept_intent, propose_intent
from silian.operations.exchange.commands.negotiation_team import takes_teams
from silian.operations.exchange.forms.negotiation import AgreementForm, IntentForm
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.models.negotiation import Negotiation
from silian.operations.exchange.permissions.negotiations import negotiations_visible_to, side_of
from silian.operations.exchange.queries.negotiation_page import (
    negotiation_pages,
    proposals,
    unit_of,
)
from silian.operations.exchange.views.form_pages import field_of, form_page


@require_http_methods(["GET", "HEAD", "POST"])
def intent_propose(request: Request, negotiation_id: int) -> HttpResponse:
    """Put terms to the other side; the last proposal stands in the form (提出意向)."""
    negotiation = get_object_or_404(negotiation_pages(request.actor), pk=negotiation_id)
    kind, latest = kind_of(negotiation.listing.kind), negotiation.intents.order_by("-pk").first()
    form = IntentForm(
        request.POST or None,
        listing=negotiation.listing,
        kind=kind,
        initial=IntentForm.initial_from(latest, kind=kind, listing=negotiation.listing),
    )
    if request.method == "POST" and form.is_valid():
        try:
            propose_intent(
                negotiation_id=negotiation.pk,
                terms=form.typed_terms(),
                actor=request.actor,
                now=timezone.localtime(),
            )
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            messages.success(request, "意向已送达对方，对方须在 5 个工作日内答复。")
            return redirect("exchange:negotiation_detail", negotiation_id=negotiation.pk)
    context = {"latest": latest, **step_context(request, negotiation)}
    return form_page(request, "exchange/negotiation_intent.html", form=form, context=context)


def step_context(request: Request, negotiation: Negotiation) -> dict[str, Any]:
    return {
        "negotiation": negotiation,
        "unit": unit_of(negotiation.listing),
        "counterpart": negotiation.other_side(side_of(request.actor)),
        "proposals": proposals(negotiation=negotiation, organisation_id=side_of(request.actor)),
    }


@require_POST
def intent_accept(request: Request, negotiation_id: int, intent_id: int) -> HttpResponse:
    """Accept the other side's latest terms (接受意向)."""
    get_object_or_404(
        negotiations_visible_to(request.actor), pk=negotiation_id, intents__pk=intent_id
    )
    accept_intent(
        negotiation_id=negotiation_id,
        intent_id=intent_id,
        actor=request.actor,
        now=timezone.localtime(),
    )
    messages.success(request, "已接受意向。签约后请登记协议编号。")
    return redirect("exchange:negotiation_detail", negotiation_id=negotiation_id)


@require_http_methods(["GET", "HEAD", "POST"])
def deal_record(request: Request, negotiation_id: int) -> HttpResponse:
    """Record the agreement that the intent became (登记协议)."""
    negotiation = get_object_or_404(negotiation_pages(request.actor), pk=negotiation_id)
    form = AgreementForm(
        request.POST or None,
        for_research=takes_teams(negotiation.listing),
        initial={"agreed_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            deal = record_deal(
                negotiation_id=negotiation.pk,
                actor=request.actor,
                now=timezone.localtime(),
                **form.cleaned_data,
            )
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            messages.success(request, f"已登记协议 {deal.agreement_reference}，剩余数量已更新。")
            return redirect("exchange:deal_detail", deal_id=deal.pk)
    context = {
        "ready": negotiation.state == NegotiationState.INTENDED,
        **step_context(request, negotiation),
    }
    return form_page(request, "exchange/negotiation_agreement.html", form=form, context=context)
