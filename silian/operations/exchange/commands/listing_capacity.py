"""Count the capacity of a listing down and up as deals come and go."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.search import feed
from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.commands.listing_locking import (
    close,
    locked_listing,
    tell_publisher,
)
from silian.operations.exchange.gateways.search_documents import SUBJECT
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.rules.listing_publication import reason_not_taken
from silian.operations.exchange.workflow.listing import listing as steps
from silian.registers.accounts.choices import NotificationKind

TAKEABLE = frozenset(
    {ListingState.PUBLISHED, ListingState.PAUSED, ListingState.FILLED, ListingState.EXPIRED}
)
FIELDS = ["state", "capacity_left", "closed_at", "close_reason", "updated_at"]


@transaction.atomic
def take_capacity(*, listing_id: int, quantity: int, actor: Actor) -> Listing:
    """Take a quantity out of a listing for a deal; at nothing left it is filled (扣减名额).

    A deal may be recorded after the listing has expired, because talks outlast publications.
    """
    listing = locked_listing(listing_id=listing_id)
    reason = reason_not_taken(
        left=listing.capacity_left,
        quantity=quantity,
        unit=unit_of(listing),
        is_open=listing.state in TAKEABLE,
    )
    if reason:
        raise DomainError(reason, field="quantity")
    if listing.capacity_left is None:
        return listing
    listing.capacity_left -= quantity
    if listing.capacity_left == 0 and listing.state != ListingState.EXPIRED:
        fill(listing)
    listing.save(update_fields=FIELDS)
    record(actor, "exchange.listing.capacity_taken", listing, detail={"quantity": quantity})
    return listing


def fill(listing: Listing) -> None:
    listing.state = steps.target("fill", state=ListingState(listing.state))
    close(listing, now=timezone.now(), reason="名额已全部成交")
    tell_publisher(
        listing,
        title=f"“{listing.title}”已满额",
        detail="名额已全部成交，已从供需大厅撤下。需要更多请增加数量后重新发布。",
        kind=NotificationKind.ANSWER,
    )


@transaction.atomic
def return_capacity(*, listing_id: int, quantity: int, actor: Actor) -> Listing:
    """Give back what a broken-off deal had taken; a filled listing opens again (退回名额)."""
    listing = locked_listing(listing_id=listing_id)
    if quantity < 1:
        raise DomainError("数量须是正整数，请重新填写。", field="quantity")
    if listing.capacity_left is None or listing.capacity is None:
        return listing
    listing.capacity_left = min(listing.capacity, listing.capacity_left + quantity)
    reopened = listing.state == ListingState.FILLED
    if reopened:
        listing.state = steps.target("reopen", state=ListingState.FILLED)
        listing.closed_at, listing.close_reason = None, ""
    listing.save(update_fields=FIELDS)
    if reopened:
        feed.changed(SUBJECT, [listing.pk])
    record(actor, "exchange.listing.capacity_returned", listing, detail={"quantity": quantity})
    return listing


def unit_of(listing: Listing) -> str:
    quantity = listing.declaration.quantity
    return quantity.unit if quantity else ""
