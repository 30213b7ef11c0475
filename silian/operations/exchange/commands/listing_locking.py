"""Lock a listing before it is changed, tell its people, and keep the search engine in step."""

from __future__ import annotations

import datetime

from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.search import feed
from silian.operations.exchange.events import ListingClosed
from silian.operations.exchange.gateways.search_documents import SUBJECT
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.permissions.listings import require_owner
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import WRITING_ROLES
from silian.registers.organisations.queries.members import user_ids_with_role


def locked_listing(*, listing_id: int) -> Listing:
    """The listing and its publisher, locked until the transaction ends."""
    return (
        Listing.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=listing_id)
    )


def own_locked_listing(*, listing_id: int, actor: Actor) -> Listing:
    """The same, refused to everybody but the writing members of its publisher."""
    listing = locked_listing(listing_id=listing_id)
    require_owner(actor, listing)
    return listing


def leave_hall(listing: Listing) -> None:
    """Make a listing that is no longer published impossible to find."""
    feed.left(SUBJECT, [listing.pk])


def close(listing: Listing, *, now: datetime.datetime, reason: str = "") -> None:
    """Note when and why a listing ended, and tell those who wait for it."""
    listing.closed_at, listing.close_reason = now, reason[:300]
    leave_hall(listing)
    publish(ListingClosed(listing_id=listing.pk))


def tell_publisher(
    listing: Listing, *, title: str, detail: str = "", kind: NotificationKind, key: str = ""
) -> None:
    """Tell the writing members of the publisher."""
    members = user_ids_with_role(
        organisation_id=listing.organisation_id,
        roles=sorted(WRITING_ROLES),
        on=timezone.localdate(),
    )
    notify(
        user_ids=members,
        kind=kind,
        title=title,
        detail=detail,
        url=listing.get_absolute_url(),
        organisation_id=listing.organisation_id,
        key=key,
    )
