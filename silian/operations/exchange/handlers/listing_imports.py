"""A whole file of listings came in: whoever asked for such listings is told."""

from __future__ import annotations

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.commands.subscription import note_hits
from silian.operations.exchange.events import ListingsImported
from silian.operations.exchange.models.listing_import import ImportedListing


@subscribe(ListingsImported)
def find_subscriptions(event: ListingsImported) -> None:
    """Each new published listing of the file meets the subscriptions once."""
    fresh = ImportedListing.objects.filter(
        listing_import_id=event.import_id,
        before__isnull=True,
        listing__state=ListingState.PUBLISHED,
    )
    for listing_id in fresh.values_list("listing_id", flat=True):
        note_hits(listing_id=listing_id, now=timezone.now())
