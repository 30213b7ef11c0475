"""What the table plan is made of: the open listings that each side brings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from silian.operations.exchange.choices import ListingState, Side
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.match_event import EventMeeting, EventSignup, MatchEvent
from silian.operations.exchange.queries.matches import side_of
from silian.operations.exchange.rules.match_event_tables import Brought, Seat


def brought_to(event: MatchEvent) -> list[Brought]:
    """The published listings of everybody who takes part, in a constant number of queries."""
    links = EventSignup.listings.through.objects.filter(
        eventsignup__event=event,
        eventsignup__withdrawn_at__isnull=True,
        listing__state=ListingState.PUBLISHED,
    )
    pairs = list(links.values_list("listing_id", "eventsignup_id"))
    listings = Listing.objects.for_cards().in_bulk([listing for listing, _ in pairs])
    found = (
        brought_listing(listings[listing_id], signup_id=signup_id)
        for listing_id, signup_id in sorted(pairs)
    )
    return [item for item in found if item is not None]


def brought_listing(listing: Listing, *, signup_id: int) -> Brought | None:
    """One listing as the plan sees it; nothing when its kind is gone."""
    kind = listing_kinds().get(listing.kind)
    if kind is None:
        return None
    return Brought(
        listing=listing.pk,
        signup=signup_id,
        is_need=listing.side == Side.DEMAND,
        kind=listing.kind,
        kind_name=kind.label,
        category=kind.category.name,
        chain=listing.industry_chain,
        facts=replace(side_of(listing), chain=""),  # the plan has a fact for it already
    )


def seats_of(meetings: Iterable[EventMeeting]) -> list[Seat]:
    """Meetings as the rule of the plan sees them."""
    return [
        Seat(
            slot=meeting.slot,
            table=meeting.table,
            signups=frozenset({meeting.need_signup_id, meeting.offer_signup_id}),
        )
        for meeting in meetings
    ]


def signup_names(event: MatchEvent) -> dict[int, str]:
    """The organisations that take part, by the number of their sign-up."""
    rows = event.signups.filter(withdrawn_at__isnull=True).select_related("organisation")
    return {row.pk: row.organisation.display_name for row in rows}
