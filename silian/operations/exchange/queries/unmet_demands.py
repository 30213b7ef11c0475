"""Unmet demands: who waits for what, who took it up, and which deal met one."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui.components import Entry
from silian.operations.exchange.choices import DemandOrigin, UnmetDemandState
from silian.operations.exchange.models.deal import Deal
from silian.operations.exchange.models.unmet_demand import UnmetDemand, UnmetDemandOffer
from silian.operations.exchange.permissions.listings import listings_visible_to
from silian.registers.organisations.models import Organisation


def demand_met_by(*, deal: Deal) -> UnmetDemand | None:
    """The open demand whose organisation made this deal on a listing made for it.

    What many sought and nobody alone asked for is met by a deal with anybody.
    """
    sides = (deal.negotiation.asker_id, deal.negotiation.owner_id)
    return (
        UnmetDemand.objects.filter(
            Q(organisation_id__in=sides) | Q(origin=DemandOrigin.SEARCHES),
            offers__listing_id=deal.listing_id,
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


def division_of(*, organisation_id: int) -> str:
    """Where an organisation sits; nothing for nobody."""
    found = Organisation.objects.filter(pk=organisation_id)
    return str(found.values_list("division_id", flat=True).first() or "")


def offers_shown_to(*, demand: UnmetDemand, actor: Actor) -> list[UnmetDemandOffer]:
    """Who took the demand up; ``listing_open`` says whether the reader may open the listing."""
    offers = list(demand.offers.select_related("organisation", "listing").order_by("pk"))
    if not offers:
        return []
    keys = [offer.listing_id for offer in offers]
    visible = set(listings_visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True))
    for offer in offers:
        offer.listing_open = offer.listing_id in visible  # type: ignore[attr-defined]
    return offers


def demand_history(*, demand: UnmetDemand, offers: list[UnmetDemandOffer]) -> list[Entry]:
    """What happened to the demand, newest first (经过)."""
    who = demand.organisation.display_name
    searched = demand.origin == DemandOrigin.SEARCHES
    what = "依据检索统计登记并公开" if searched else "登记"
    entries = [Entry(at=demand.proposed_at, what=what, who=who, tone="info")]
    if demand.verified_at and not searched:
        entries.append(Entry(at=demand.verified_at, what="核实通过并公开", tone="ok"))
    entries += [
        Entry(at=offer.taken_up_at, what="承接", who=offer.organisation.display_name, tone="ok")
        for offer in offers
    ]
    if demand.closed_at:
        what = demand.get_state_display()
        entries.append(Entry(at=demand.closed_at, what=what, note=demand.reason, tone="unset"))
    return entries[::-1]
