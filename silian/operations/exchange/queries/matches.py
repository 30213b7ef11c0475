"""Listings that may suit an organisation, with the facts that say why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui.components import Reason
from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.permissions.listings import listings_visible_to
from silian.operations.exchange.rules.matching_facts import (
    MatchFact,
    Side,
    match_facts,
    strength,
)

MOST_OWN = 40
MOST_CANDIDATES = 400
SHOWN = 6
FEWEST_FACTS = 2  # one fact alone, such as the same city, says nothing


@dataclass(frozen=True, kw_only=True)
class Match:
    """A listing of somebody else's that may answer one of one's own."""

    listing: Listing
    own: Listing
    facts: list[MatchFact]

    @property
    def met(self) -> int:
        return sum(fact.met for fact in self.facts)

    @property
    def is_excluded(self) -> bool:
        """Whether something essential is missing."""
        return any(fact.essential and not fact.met for fact in self.facts)

    @property
    def reasons(self) -> list[Reason]:
        return [Reason(text=fact.text, met=fact.met) for fact in self.facts]


def side_of(listing: Listing) -> Side:
    return Side(
        title=listing.title,
        division=listing.division_id,
        division_name=listing.division.name,
        occupation=listing.occupation_id or "",
        occupation_name=listing.occupation.name if listing.occupation else "",
        majors=frozenset(listing.majors),
        quantity=listing.capacity_left,
        starts_on=listing.starts_on,
        ends_on=listing.ends_on,
    )


def own_open_listings(actor: Actor) -> list[Listing]:
    if actor.organisation_id is None:
        return []
    rows = Listing.objects.of(organisation_id=actor.organisation_id).for_cards()
    return list(rows.filter(state=ListingState.PUBLISHED).order_by("-published_at")[:MOST_OWN])


def are_counterparts(own: Listing, other: Listing) -> bool:
    """Whether two listings stand opposite and their kinds answer one another (供需相对)."""
    return own.side != other.side and other.kind in counterpart_kinds(own.kind)


@cache
def counterpart_kinds(code: str) -> frozenset[str]:
    """The kinds that answer this kind, or that it answers, its own among them."""
    kinds = listing_kinds()
    if code not in kinds:
        return frozenset()
    answering = {other.code for other in kinds.values() if code in other.meets}
    return frozenset({code} | kinds[code].meets | answering)


def best_match(*, listing: Listing, own: Iterable[Listing]) -> Match | None:
    """The own listing that ``listing`` answers best, or None when it answers none."""
    pairs = [
        Match(
            listing=listing, own=mine, facts=match_facts(need=side_of(mine), offer=side_of(listing))
        )
        for mine in own
        if are_counterparts(mine, listing)
    ]
    pairs = [pair for pair in pairs if pair.met >= FEWEST_FACTS and not pair.is_excluded]
    return max(pairs, key=lambda pair: strength(pair.facts), default=None)


def reasons_for(*, listings: Iterable[Listing], actor: Actor) -> dict[int, Match]:
    """Why each of these listings may suit the actor's organisation; others are left out."""
    own = own_open_listings(actor)
    matches = (
        best_match(listing=listing, own=own)
        for listing in listings
        if listing.organisation_id != actor.organisation_id
    )
    return {match.listing.pk: match for match in matches if match is not None}


def matches_of(actor: Actor, *, most: int = SHOWN) -> list[Match]:
    """The listings that suit the actor's organisation best today (与您匹配)."""
    own = own_open_listings(actor)
    if not own:
        return []
    codes = {code for mine in own for code in counterpart_kinds(mine.kind)}
    candidates = (
        listings_visible_to(actor)
        .published()
        .for_cards()
        .filter(kind__in=codes)
        .exclude(organisation=own[0].organisation)
        .order_by("-published_at")[:MOST_CANDIDATES]
    )
    found = [best_match(listing=listing, own=own) for listing in candidates]
    matches = [match for match in found if match is not None]
    matches.sort(key=lambda match: strength(match.facts), reverse=True)
    return matches[:most]
