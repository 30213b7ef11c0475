"""A new listing meets the subscriptions."""

from __future__ import annotations

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.operations.exchange.commands.subscription import note_hits
from silian.operations.exchange.events import ListingPublished


@subscribe(ListingPublished)
def find_subscriptions(event: ListingPublished) -> None:
    note_hits(listing_id=event.listing_id, now=timezone.now())
