"""A whole file of listings came in: it is made findable, and whoever asked for such is told."""

from __future__ import annotations

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.commands import listing_import_running
from silian.operations.exchange.commands.subscription import note_hits
from silian.operations.exchange.events import ListingsFindable, ListingsImported
from silian.operations.exchange.models.listing_import import ImportedListing


@subscribe(ListingsImported)
def make_findable(event: ListingsImported) -> None:
    listing_import_running.make_findable(import_id=event.import_id)


@subscribe(ListingsFindable)
def find_subscriptions(event: ListingsFindable) -> None:
    """Each new published listing of the file meets the subscriptions once."""
    fresh = ImportedListing.objects.filter(
        listing_import_id=event.import_id,
        before__isnull=True,
        listing__state=ListingState.PUBLISHED,
    )
    for listing_id in fresh.values_list("listing_id", flat=True):
        note_hits(listing_id=listing_id, now=timezone.now())
