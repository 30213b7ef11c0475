"""What happens to listings when their publisher is suspended, closed or merged."""

from __future__ import annotations

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.operations.exchange.commands.listing_upkeep import pause_listings_of
from silian.operations.exchange.events import ListingSubmitted
from silian.operations.exchange.models.listing import ListingReview
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.events import OrganisationClosed, OrganisationSuspended
from silian.registers.organisations.queries.members import verifier_ids


@subscribe(OrganisationSuspended)
def pause_of_suspended(event: OrganisationSuspended) -> None:
    pause_listings_of(organisation_id=event.organisation_id)


@subscribe(OrganisationClosed)
def pause_of_closed(event: OrganisationClosed) -> None:
    pause_listings_of(organisation_id=event.organisation_id)


@subscribe(ListingSubmitted)
def tell_reviewers(event: ListingSubmitted) -> None:
    """Tell the officials of the region, nearest first, that a listing waits for them."""
    waiting = ListingReview.objects.filter(listing_id=event.listing_id, decided_at__isnull=True)
    review = waiting.select_related("listing__organisation").first()
    if review is None:  # recalled or decided before this ran
        return
    listing = review.listing
    notify(
        user_ids=verifier_ids(division=listing.division_id, on=timezone.localdate()),
        kind=NotificationKind.TASK,
        title=f"待审供需：{listing.title}",
        detail=f"{listing.organisation.name}，{review.cause}",
        url=review.get_absolute_url(),
        key=f"review-{review.pk}-opened",
    )
