"""The inbox of negotiations and the page of one (洽谈)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.kernel.site_calendar import site_calendar
from silian.foundation.ui.paging import keyset_page
from silian.operations.exchange.commands.negotiation_closing import (
    refuse_negotiation,
    withdraw_negotiation,
)
from silian.operations.exchange.commands.negotiation_messages import mark_read, send_message
from silian.operations.exchange.commands.negotiation_opening import (
    answer_listing,
    reason_actor_may_not_answer,
)
from silian.operations.exchange.commands.negotiation_team import takes_teams
from silian.operations.exchange.errors import NegotiationAlreadyOpen
from silian.operations.exchange.forms.negotiation import (
    AnswerForm,
    MessageForm,
    OptionalReasonForm,
    ReasonForm,
)
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.models.negotiation import Intent, Negotiation
from silian.operations.exchange.permissions.listings import listings_visible_to
from silian.operations.exchange.permissions.negotiations import (
    negotiations_visible_to,
    side_of,
)
from silian.operations.exchange.queries.negotiation_inbox import (
    TABS,
    first_tab_with_work,
    inbox_row,
    inbox_rows,
    inbox_tabs,
)
from silian.operations.exchange.queries.negotiation_page import (
    conversation,
    history,
    negotiation_pages,
    proposals,
    unit_of,
)
from silian.operations.exchange.queries.negotiation_responses import response_record_of
from silian.operations.exchange.queries.negotiation_steps import NextSteps, next_steps
from silian.operations.exchange.views.access import refuse_outsiders
from silian.operations.exchange.views.form_pages import field_of

PAGE_SIZE = 20
LIST_SIZE = 12


@require_safe
def negotiation_list(request: Request) -> HttpResponse:
    """The inbox by tabs; on a wide screen the first one is open beside it (洽谈)."""
    refuse_outsiders(request.actor)
    asked = request.GET.get("tab", "")
    tabs = inbox_tabs(actor=request.actor, chosen=asked)
    tab = asked if asked in TABS else first_tab_with_work(tabs)
    page = keyset_page(
        rows=inbox_rows(actor=request.actor, tab=tab),
        order="answer_due_at" if tab == "awaiting" else "-last_message_at",
        size=PAGE_SIZE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {"tabs": tabs, "tab": tab, "page": page, "rows": rows_of(request, page.rows)}
    if page.rows:
        context["negotiation"] = page.rows[0]
    if page.rows and not request.htmx:
        context |= page_of(request, negotiation_id=page.rows[0].pk)
    template = "exchange/_negotiation_list.html" if request.htmx else "exchange/negotiations.html"
    return render(request, template, context)


def rows_of(request: Request, negotiations: list[Negotiation]) -> list[Any]:
    now, calendar = timezone.localtime(), site_calendar()
    return [
        inbox_row(row, organisation_id=side_of(request.actor), now=now, calendar=calendar)
        for row in negotiations
    ]


@require_safe
def negotiation_detail(request: Request, negotiation_id: int) -> HttpResponse:
    """The conversation, the terms and the current step; the list stands beside it (洽谈)."""
    if request.htmx:
        return conversation_fragment(request, negotiation_id)
    context = page_of(request, negotiation_id=negotiation_id)
    tab = tab_of(context["negotiation"], organisation_id=side_of(request.actor))
    beside = inbox_rows(actor=request.actor).order_by("-last_message_at", "-pk")
    context |= {
        "tabs": inbox_tabs(actor=request.actor, chosen=tab),
        "tab": tab,
        "rows": rows_of(request, list(beside[:LIST_SIZE])),
    }
    return render(request, "exchange/negotiation.html", context)


def tab_of(negotiation: Negotiation, *, organisation_id: int) -> str:
    """The tab in which the negotiation stands for this side."""
    if negotiation.turn_id == organisation_id:
        return "awaiting"
    if negotiation.state in ("open", "talking"):
        return "talking"
    return negotiation.state if negotiation.state in ("intended", "agreed") else "ended"


def conversation_fragment(request: Request, negotiation_id: int) -> HttpResponse:
    """The messages alone; 204 when nothing is newer than what the reader has."""
    negotiation = get_object_or_404(negotiation_pages(request.actor), pk=negotiation_id)
    lines = conversation(negotiation=negotiation, organisation_id=side_of(request.actor))
    newest = lines[-1].message.pk if lines else 0
    asked = (request.GET.get("after"), request.GET.get("state"))
    if asked == (str(newest), negotiation.state):
        return HttpResponse(status=204)
    moved = bool(asked[1]) and asked[1] != negotiation.state
    context = {"negotiation": negotiation, "lines": lines, "newest": newest, "moved": moved}
    return render(request, "exchange/_negotiation_conversation.html", context)


def page_of(request: Request, *, negotiation_id: int) -> dict[str, Any]:
    """Everything that the page of one negotiation shows, in a constant number of queries."""
    mine = side_of(request.actor)
    negotiation = get_object_or_404(negotiation_pages(request.actor), pk=negotiation_id)
    lines = conversation(
        negotiation=negotiation, organisation_id=mine, whole="whole" in request.GET
    )
    terms = proposals(negotiation=negotiation, organisation_id=mine)
    return {
        "negotiation": negotiation,
        "kind": kind_of(negotiation.listing.kind),
        "unit": unit_of(negotiation.listing),
        "deal": getattr(negotiation, "deal", None),
        "counterpart": negotiation.other_side(mine),
        "lines": lines,
        "newest": lines[-1].message.pk if lines else 0,
        "proposals": terms,
        "entries": history(negotiation=negotiation, rows=terms),
        "steps": steps_of(request, negotiation, latest=terms[0].intent if terms else None),
        "form": MessageForm(),
        "mine": mine,
        "team": team_of(negotiation),
        "takes_teams": takes_teams(negotiation.listing),
    }


def steps_of(request: Request, negotiation: Negotiation, *, latest: Intent | None) -> NextSteps:
    deal = getattr(negotiation, "deal", None)
    return next_steps(
        negotiation=negotiation,
        latest=latest,
        ratings=list(deal.ratings.all()) if deal else [],
        actor=request.actor,
        now=timezone.localtime(),
        calendar=site_calendar(),
    )


def team_of(negotiation: Negotiation) -> list[Any]:
    if not takes_teams(negotiation.listing):
        return []
    return list(negotiation.team.select_related("organisation").order_by("pk"))


@require_http_methods(["GET", "HEAD", "POST"])
def listing_answer(request: Request, listing_id: int) -> HttpResponse:
    """Write the first letter to the owner of a listing (应答供需)."""
    rows = listings_visible_to(request.actor).select_related("organisation", "division")
    listing = get_object_or_404(rows, pk=listing_id)
    kind = kind_of(listing.kind)
    form = AnswerForm(request.POST or None, request.FILES or None, listing=listing, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            negotiation = answer_listing(
                listing_id=listing.pk,
                text=form.cleaned_data["text"],
                files=form.cleaned_data["attachments"],
                actor=request.actor,
                now=timezone.localtime(),
            )
        except NegotiationAlreadyOpen as refusal:
            messages.info(request, refusal.sentence)
            return redirect("exchange:negotiation_detail", negotiation_id=refusal.negotiation_id)
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            messages.success(request, "已送达对方，对方须在 5 个工作日内回应。")
            return redirect("exchange:negotiation_detail", negotiation_id=negotiation.pk)
    return answer_page(request, listing=listing, form=form)


def answer_page(request: Request, *, listing: Any, form: AnswerForm) -> HttpResponse:
    open_one = (
        negotiations_visible_to(request.actor)
        .open_to_both()  # type: ignore[attr-defined]
        .filter(listing=listing, asker_id=side_of(request.actor))
        .first()
    )
    context = {
        "listing": listing,
        "kind": kind_of(listing.kind),
        "form": form,
        "open_one": open_one,
        "reason": reason_actor_may_not_answer(listing=listing, actor=request.actor),
        "response": response_record_of(organisation_id=listing.organisation_id),
    }
    status = 422 if form.errors else 200
    return render(request, "exchange/negotiation_answer.html", context, status=status)


@require_POST
def message_send(request: Request, negotiation_id: int) -> HttpResponse:
    """Send a message; what was typed stays when it is refused."""
    get_object_or_404(negotiations_visible_to(request.actor), pk=negotiation_id)
    form = MessageForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            send_message(
                negotiation_id=negotiation_id,
                text=form.cleaned_data["text"],
                files=form.cleaned_data["attachments"],
                actor=request.actor,
                now=timezone.localtime(),
            )
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            return redirect("exchange:negotiation_detail", negotiation_id=negotiation_id)
    context = page_of(request, negotiation_id=negotiation_id) | {"form": form}
    return render(request, "exchange/negotiation.html", context, status=422)


@require_POST
def messages_read(request: Request, negotiation_id: int) -> HttpResponse:
    """Note how far the actor has read; script sends it, a button does without (标为已读)."""
    get_object_or_404(negotiations_visible_to(request.actor), pk=negotiation_id)
    last = request.POST.get("last", "")
    mark_read(
        negotiation_id=negotiation_id,
        last_message_id=int(last) if last.isdigit() else 0,
        actor=request.actor,
    )
    if request.htmx:
        return HttpResponse(status=204)
    return redirect("exchange:negotiation_detail", negotiation_id=negotiation_id)


@require_http_methods(["GET", "HEAD", "POST"])
def negotiation_refuse(request: Request, negotiation_id: int) -> HttpResponse:
    """Say no with a reason (婉拒)."""
    return closing_page(
        request, negotiation_id, form_class=ReasonForm, command=refuse_negotiation, step="refuse"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def negotiation_withdraw(request: Request, negotiation_id: int) -> HttpResponse:
    """Take one's own answer back (撤回)."""
    return closing_page(
        request,
        negotiation_id,
        form_class=OptionalReasonForm,
        command=withdraw_negotiation,
        step="withdraw",
    )


def closing_page(
    request: Request, negotiation_id: int, *, form_class: type[ReasonForm], command: Any, step: str
) -> HttpResponse:
    negotiation = get_object_or_404(negotiation_pages(request.actor), pk=negotiation_id)
    form = form_class(request.POST or None) if request.method == "POST" else form_class()
    if request.method == "POST" and form.is_valid():
        try:
            command(
                negotiation_id=negotiation.pk,
                reason=form.cleaned_data["reason"],
                actor=request.actor,
                now=timezone.localtime(),
            )
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            return redirect("exchange:negotiation_detail", negotiation_id=negotiation.pk)
    context = {
        "negotiation": negotiation,
        "counterpart": negotiation.other_side(side_of(request.actor)),
        "form": form,
        "step": step,
    }
    status = 422 if form.errors else 200
    return render(request, "exchange/negotiation_close.html", context, status=status)
