"""What waits for the actor in negotiations, with its clock."""

from __future__ import annotations

import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui.sockets import Figure, Todo
from silian.operations.exchange.choices import DealState, NegotiationState, TeamSeatState
from silian.operations.exchange.models.deal import Deal
from silian.operations.exchange.models.negotiation import OPEN_STATES, Negotiation
from silian.operations.exchange.permissions.negotiations import (
    may_write_negotiations,
    negotiations_visible_to,
    side_of,
    team_seats_visible_to,
)
from silian.operations.exchange.permissions.unmet_demands import unmet_demands_verified_by
from silian.operations.exchange.rules.negotiation_ratings import RATING_DAYS, rating_ends

SHOWN = 20  # more is not a list of things to do but an inbox, which has its own page
ANSWER_BASIS = "平台规则：收到应答或意向后 5 个工作日内答复"
AGREEMENT_BASIS = "平台规则：意向接受后 20 个工作日内登记协议"
RATING_BASIS = "平台规则：登记结果后 14 天内互评"


def negotiation_todos(*, actor: Actor, now: datetime.datetime) -> list[Todo]:
    """Answer a letter, decide on terms, record an agreement, rate a deal (洽谈待办)."""
    if not may_write_negotiations(actor):
        return []
    rows = (
        negotiations_visible_to(actor)
        .filter(Q(turn_id=side_of(actor)) | Q(state=NegotiationState.INTENDED))
        .select_related("listing", "asker", "owner")
        .defer("listing__description")
        .order_by("answer_due_at", "agreement_due_at", "pk")[:SHOWN]
    )
    todos = [negotiation_todo(row, organisation_id=side_of(actor)) for row in rows]
    return [*todos, *rating_todos(actor=actor, now=now)]


def negotiation_todo(negotiation: Negotiation, *, organisation_id: int) -> Todo:
    other = negotiation.other_side(organisation_id).display_name
    url = reverse("exchange:negotiation_detail", kwargs={"negotiation_id": negotiation.pk})
    if negotiation.state == NegotiationState.INTENDED:
        return Todo(
            title=f"登记与{other}的协议",
            detail=negotiation.listing.title,
            url=url,
            action="登记",
            due_at=local(negotiation.agreement_due_at),
            basis=AGREEMENT_BASIS,
        )
    first = negotiation.state == NegotiationState.OPEN
    return Todo(
        title=f"回应{other}的应答" if first else f"答复{other}的意向",
        detail=negotiation.listing.title,
        url=url,
        action="回应" if first else "确认",
        due_at=local(negotiation.answer_due_at),
        basis=ANSWER_BASIS,
    )


def local(moment: datetime.datetime | None) -> datetime.datetime | None:
    return timezone.localtime(moment) if moment else None


def rating_todos(*, actor: Actor, now: datetime.datetime) -> list[Todo]:
    """The ended deals that the actor's side may still rate."""
    mine = side_of(actor)
    rows = (
        Deal.objects.filter(
            Q(negotiation__asker_id=mine) | Q(negotiation__owner_id=mine),
            closed_at__gt=now - datetime.timedelta(days=RATING_DAYS),
        )
        .exclude(state=DealState.RUNNING)
        .exclude(ratings__rater_id=mine)
        .select_related("negotiation__asker", "negotiation__owner")
        .order_by("closed_at")[:SHOWN]
    )
    return [
        Todo(
            title=f"评价{deal.negotiation.other_side(mine).display_name}",
            detail=f"协议 {deal.agreement_reference} {deal.get_state_display()}",
            url=reverse("exchange:deal_rate", kwargs={"deal_id": deal.pk}),
            action="评价",
            due_at=local(rating_ends(closed_at=deal.closed_at)) if deal.closed_at else None,
            basis=RATING_BASIS,
        )
        for deal in rows
    ]


def seat_todos(*, actor: Actor) -> list[Todo]:
    """Invitations to a team that wait for an answer (组队邀请)."""
    if not may_write_negotiations(actor):
        return []
    rows = (
        team_seats_visible_to(actor)
        .filter(state=TeamSeatState.INVITED, negotiation__state__in=OPEN_STATES)
        .select_related("negotiation__asker", "negotiation__listing")
        .order_by("invited_at")[:SHOWN]
    )
    return [
        Todo(
            title=f"答复{seat.negotiation.asker.display_name}的组队邀请",
            detail=f"{seat.negotiation.listing.title}，分工：{seat.contribution}",
            url=reverse("exchange:team_seat_detail", kwargs={"seat_id": seat.pk}),
            action="答复",
            due_at=local(seat.negotiation.answer_due_at),
        )
        for seat in rows
    ]


def demand_todos(*, actor: Actor) -> list[Todo]:
    """Unmet demands that wait for the official's verification (核实)."""
    rows = unmet_demands_verified_by(actor).select_related("organisation")
    return [
        Todo(
            title=f"核实{demand.organisation.display_name}的未满足需求",
            detail=demand.title,
            url=reverse("exchange:unmet_demand_detail", kwargs={"demand_id": demand.pk}),
            action="核实",
            due_at=local(demand.verify_due_at),
            basis="平台规则：登记后 3 个工作日内核实",
        )
        for demand in rows.order_by("verify_due_at")[:SHOWN]
    ]


def my_figures(*, actor: Actor, now: datetime.datetime) -> list[Figure]:
    """The open talks and running deals of one's organisation."""
    mine = side_of(actor)
    talks = Negotiation.objects.of_side(organisation_id=mine).open_to_both().count()
    running = Deal.objects.filter(
        Q(negotiation__asker_id=mine) | Q(negotiation__owner_id=mine), state=DealState.RUNNING
    ).count()
    return [
        Figure(
            label="洽谈中",
            value=f"{talks:,}",
            unit="件",
            note=f"履行中的协议 {running:,} 份",
            url=reverse("exchange:negotiation_list"),
            source="洽谈与成交登记",
        )
    ]


def open_negotiation_of(*, listing_id: int, organisation_id: int) -> int | None:
    """The open talk of an organisation about a listing, if there is one."""
    rows = Negotiation.objects.open_to_both().filter(
        listing_id=listing_id, asker_id=organisation_id
    )
    return rows.values_list("pk", flat=True).first()
