"""Teams: invite a partner, answer an invitation (组队)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.operations.exchange.commands.negotiation_team import (
    decline_seat,
    invite_partner,
    join_team,
)
from silian.operations.exchange.forms.negotiation_team import PartnerForm
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.models.negotiation_team import TeamSeat
from silian.operations.exchange.permissions.negotiations import (
    may_write_negotiations,
    side_of,
    team_seats_visible_to,
)
from silian.operations.exchange.queries.negotiation_page import negotiation_pages
from silian.operations.exchange.views.form_pages import form_page


@require_http_methods(["GET", "HEAD", "POST"])
def partner_invite(request: Request, negotiation_id: int) -> HttpResponse:
    """Bring another organisation into one's answer (邀请成员)."""
    negotiation = get_object_or_404(negotiation_pages(request.actor), pk=negotiation_id)
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invite_partner(
                negotiation_id=negotiation.pk,
                organisation_id=form.cleaned_data["organisation"].pk,
                contribution=form.cleaned_data["contribution"],
                actor=request.actor,
                now=timezone.localtime(),
            )
        except DomainError as refusal:
            form.add_error("name" if refusal.field == "organisation" else None, refusal.sentence)
        else:
            messages.success(request, "邀请已送达，对方答复后通知您。")
            return redirect("exchange:negotiation_detail", negotiation_id=negotiation.pk)
    context = {
        "negotiation": negotiation,
        "counterpart": negotiation.other_side(side_of(request.actor)),
        "team": negotiation.team.select_related("organisation").order_by("pk"),
    }
    return form_page(request, "exchange/negotiation_partner.html", form=form, context=context)


@require_safe
def team_seat_detail(request: Request, seat_id: int) -> HttpResponse:
    """An invitation: the need, one's part, the others in the team (组队邀请)."""
    return seat_page(request, seat_id)


def seat_page(
    request: Request, seat_id: int, *, refused: DomainError | None = None
) -> HttpResponse:
    rows = team_seats_visible_to(request.actor).select_related(
        "negotiation__asker",
        "negotiation__listing__organisation",
        "negotiation__listing__division",
    )
    seat: TeamSeat = get_object_or_404(rows, pk=seat_id)
    context = {
        "seat": seat,
        "listing": seat.negotiation.listing,
        "kind": kind_of(seat.negotiation.listing.kind),
        "team": seat.negotiation.team.select_related("organisation").order_by("pk"),
        "answers": seat.state == "invited" and may_write_negotiations(request.actor),
        "refused": refused,
    }
    status = refused.status if refused else 200
    return render(request, "exchange/team_seat.html", context, status=status)


@require_POST
def team_seat_join(request: Request, seat_id: int) -> HttpResponse:
    """Join the team (加入)."""
    get_object_or_404(team_seats_visible_to(request.actor), pk=seat_id)
    try:
        join_team(seat_id=seat_id, actor=request.actor, now=timezone.localtime())
    except DomainError as refusal:
        return seat_page(request, seat_id, refused=refusal)
    return redirect("exchange:team_seat_detail", seat_id=seat_id)


@require_POST
def team_seat_decline(request: Request, seat_id: int) -> HttpResponse:
    """Decline with a reason (不参加)."""
    get_object_or_404(team_seats_visible_to(request.actor), pk=seat_id)
    reason = request.POST.get("reason", "")
    try:
        decline_seat(seat_id=seat_id, reason=reason, actor=request.actor, now=timezone.localtime())
    except DomainError as refusal:
        return seat_page(request, seat_id, refused=refusal)
    return redirect("exchange:team_seat_detail", seat_id=seat_id)
