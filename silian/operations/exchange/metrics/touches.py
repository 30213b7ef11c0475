"""Which values an event of the exchange makes wrong: where the row counts, and on which day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from silian.casework.metrics.registry import Touch
from silian.operations.exchange.models.deal import Deal
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.listing_import import ListingImport
from silian.operations.exchange.models.negotiation import Negotiation
from silian.operations.exchange.models.unmet_demand import UnmetDemand


def published_listing(event: Any) -> Iterable[Touch]:
    """The day on which the listing was first published."""
    yield from listing_days(event.listing_id)


def listing_days(listing_id: int) -> Iterable[Touch]:
    rows = Listing.objects.filter(pk=listing_id, first_published_at__isnull=False)
    for row in rows.only("division_id", "first_published_at"):
        yield Touch(division=row.division_id, day=timezone.localdate(row.first_published_at))


def listing_today(event: Any) -> Iterable[Touch]:
    """How many listings are open changes from today on."""
    for row in Listing.objects.filter(pk=event.listing_id).only("division_id"):
        yield Touch(division=row.division_id, day=timezone.localdate())


def imported_listings(event: Any) -> Iterable[Touch]:
    """A whole file was published; its rows may lie anywhere."""
    if ListingImport.objects.filter(pk=event.import_id).exists():
        yield Touch(division="", day=timezone.localdate())


def deal(event: Any) -> Iterable[Touch]:
    """The day on which the agreement was signed."""
    for row in Deal.objects.filter(pk=event.deal_id).select_related("listing"):
        yield Touch(division=row.division_id, day=row.agreed_on)


def listing_of_deal(event: Any) -> Iterable[Touch]:
    """The day on which the listing of the deal was first published."""
    for row in Deal.objects.filter(pk=event.deal_id).only("listing_id"):
        yield from listing_days(row.listing_id)


def parties_of_deal(event: Any) -> Iterable[Touch]:
    """Where the two organisations stand."""
    rows = Deal.objects.filter(pk=event.deal_id).select_related(
        "negotiation__asker", "negotiation__owner"
    )
    for row in rows:
        for side in (row.negotiation.asker, row.negotiation.owner):
            yield Touch(division=side.division_id, day=row.agreed_on)


def negotiation(event: Any) -> Iterable[Touch]:
    """The day on which the negotiation was opened."""
    rows = Negotiation.objects.filter(pk=event.negotiation_id).select_related("listing")
    for row in rows:
        yield Touch(division=row.division_id, day=timezone.localdate(row.opened_at))


def listing_of_negotiation(event: Any) -> Iterable[Touch]:
    """The day on which the answered listing was first published."""
    for row in Negotiation.objects.filter(pk=event.negotiation_id).only("listing_id"):
        yield from listing_days(row.listing_id)


def unmet_demand(event: Any) -> Iterable[Touch]:
    """How many demands are open changes from today on."""
    for row in UnmetDemand.objects.filter(pk=event.demand_id).only("division_id"):
        yield Touch(division=row.division_id, day=timezone.localdate())
