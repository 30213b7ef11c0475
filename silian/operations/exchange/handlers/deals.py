"""Tells both sides how a deal goes on, and closes the demand that it met."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.events import subscribe
from silian.operations.exchange.commands.negotiation_response import recount_responses
from silian.operations.exchange.commands.unmet_demand import meet_unmet_demand
from silian.operations.exchange.events import (
    DealBrokenOff,
    DealCompleted,
    DealRated,
    DealRecorded,
)
from silian.operations.exchange.handlers.negotiations import writers_of
from silian.operations.exchange.models.deal import Deal, Rating
from silian.operations.exchange.queries.unmet_demands import demand_met_by
from silian.operations.exchange.rules.negotiation_ratings import RATING_DAYS
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify


def read(deal_id: int) -> Deal:
    return Deal.objects.select_related("listing", "negotiation__asker", "negotiation__owner").get(
        pk=deal_id
    )


def tell_side(*, deal: Deal, organisation_id: int, title: str, detail: str, key: str) -> None:
    notify(
        user_ids=writers_of(organisation_id),
        kind=NotificationKind.ANSWER,
        title=title,
        detail=detail,
        url=reverse("exchange:deal_detail", kwargs={"deal_id": deal.pk}),
        organisation_id=organisation_id,
        key=f"deal-{deal.pk}-{key}",
    )


def tell_both(*, deal: Deal, title: str, detail: str, key: str) -> None:
    for organisation_id in (deal.negotiation.asker_id, deal.negotiation.owner_id):
        tell_side(deal=deal, organisation_id=organisation_id, title=title, detail=detail, key=key)


@subscribe(DealRecorded)
def tell_of_deal(event: DealRecorded) -> None:
    deal = read(event.deal_id)
    tell_both(
        deal=deal,
        title=f"已登记协议 {deal.agreement_reference}",
        detail=f"{deal.listing.title}，数量 {deal.quantity}；结束后请登记结果",
        key="recorded",
    )


@subscribe(DealRecorded)
def close_demand(event: DealRecorded) -> None:
    """The demand behind the listing is met when its own organisation made the deal."""
    demand = demand_met_by(deal=read(event.deal_id))
    if demand is not None:
        meet_unmet_demand(
            demand_id=demand.pk,
            reason="已由承接单位成交",
            actor=system_actor(),
            now=timezone.now(),
        )


@subscribe(DealCompleted)
def ask_for_ratings(event: DealCompleted) -> None:
    tell_of_end(read(event.deal_id))


@subscribe(DealBrokenOff)
def ask_for_ratings_after_break(event: DealBrokenOff) -> None:
    tell_of_end(read(event.deal_id))


def tell_of_end(deal: Deal) -> None:
    tell_both(
        deal=deal,
        title=f"协议 {deal.agreement_reference} {deal.get_state_display()}，请评价对方",
        detail=f"{RATING_DAYS} 天内评价，双方都评价后互相可见",
        key="closed",
    )


@subscribe(DealRated)
def tell_of_rating(event: DealRated) -> None:
    rating = Rating.objects.select_related("rater").get(pk=event.rating_id)
    deal = read(event.deal_id)
    if deal.ratings.count() > 1:
        tell_both(
            deal=deal,
            title=f"协议 {deal.agreement_reference} 双方评价已公开",
            detail=deal.listing.title,
            key="ratings-shown",
        )
        return
    tell_side(
        deal=deal,
        organisation_id=rating.rated_id,
        title=f"{rating.rater.display_name}已评价，贵单位评价后互相可见",
        detail=deal.listing.title,
        key="rated-first",
    )


@subscribe(DealRated)
def count_ratings(event: DealRated) -> None:
    negotiation = read(event.deal_id).negotiation
    for organisation_id in (negotiation.asker_id, negotiation.owner_id):
        recount_responses(organisation_id=organisation_id, now=timezone.now())
