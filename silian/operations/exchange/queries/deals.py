"""Deals as lists and as one page."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.operations.exchange.models.deal import Deal, Rating
from silian.operations.exchange.permissions.negotiations import may_write_negotiations, side_of
from silian.operations.exchange.queries.negotiation_page import period_of, unit_of
from silian.operations.exchange.queries.negotiation_steps import may_rate
from silian.operations.exchange.rules.negotiation_ratings import rating_ends


def deals_for_list(rows: QuerySet[Deal]) -> QuerySet[Deal]:
    """With what a list or a page of deals shows of other tables."""
    return rows.select_related(
        "listing__division",
        "negotiation__asker__division",
        "negotiation__owner__division",
    ).defer("listing__description")


def deal_page(*, deal: Deal, actor: Actor, now: datetime.datetime) -> dict[str, Any]:
    """One deal with its terms, its ratings as the actor may read them, and what can be done."""
    ratings = list(deal.ratings.select_related("rater", "rated").order_by("pk"))
    mine = side_of(actor)
    negotiation = deal.negotiation
    is_side = mine in (negotiation.asker_id, negotiation.owner_id)
    intent = negotiation.intents.filter(accepted_at__isnull=False).first()
    return {
        "deal": deal,
        "negotiation": negotiation,
        "intent": intent,
        "period": period_of(intent) if intent else "",
        "unit": unit_of(deal.listing),
        "ratings": readable_ratings(ratings, organisation_id=mine, now=now),
        "hidden": len(ratings) - len(readable_ratings(ratings, organisation_id=mine, now=now)),
        "is_side": is_side,
        "writes": is_side and may_write_negotiations(actor),
        "may_rate": is_side
        and may_write_negotiations(actor)
        and may_rate(deal=deal, ratings=ratings, actor=actor, now=now),
        "rating_ends": rating_ends(closed_at=deal.closed_at) if deal.closed_at else None,
        "counterpart": negotiation.other_side(mine),
    }


def readable_ratings(
    ratings: list[Rating], *, organisation_id: int, now: datetime.datetime
) -> list[Rating]:
    """One's own rating, and those that are open by now (互评)."""
    return [
        rating
        for rating in ratings
        if rating.rater_id == organisation_id
        or (rating.shown_from is not None and rating.shown_from <= now)
    ]
