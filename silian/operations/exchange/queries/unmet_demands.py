"""Unmet demands: who waits for what, and which deal met one."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from silian.operations.exchange.choices import UnmetDemandState
from silian.operations.exchange.models.deal import Deal
from silian.operations.exchange.models.unmet_demand import UnmetDemand


def demand_met_by(*, deal: Deal) -> UnmetDemand | None:
    """The open demand whose organisation made this deal on a listing made for it."""
    sides = (deal.negotiation.asker_id, deal.negotiation.owner_id)
    return (
        UnmetDemand.objects.filter(
            offers__listing_id=deal.listing_id,
            organisation_id__in=sides,
            state__in=(UnmetDemandState.OPEN, UnmetDemandState.TAKEN_UP),
        )
        .order_by("pk")
        .first()
    )


def demands_for_list(rows: QuerySet[UnmetDemand]) -> QuerySet[UnmetDemand]:
    """With what a list shows: organisation, region, number of offers."""
    return rows.select_related("organisation", "division").annotate(
        offer_count=Count("offers", distinct=True)
    )
