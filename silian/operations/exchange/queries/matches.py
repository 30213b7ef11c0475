"""Comparing listings: which stand opposite, and the facts that say why they may suit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db.models import Q

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.search.frequencies import frequencies
from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.permissions.listings import listings_visible_to
from silian.operations.exchange.queries.reasons import Reasoned
from silian.operations.exchange.queries.recommendation_choices import recommendation_off
from silian.operations.exchange.rules.matching_facts import (
    MatchFact,
    Side,
    strength,
    telling_facts,
)
from silian.operations.exchange.rules.trade_terms import telling_terms, trade_terms

MOST_OWN = 40
MOST_CANDIDATES = 400
SIDE_COLUMNS = {
    "title": "title",
    "industry_chain": "chain",
    "division_id": "division",
    "division__name": "division_name",
    "occupation_id": "occupation",
    "occupation__name": "occupation_name",
    "majors": "majors",
    "capacity_left": "quantity",
    "starts_on": "starts_on",
    "ends_on": "ends_on",
}
"""Columns of a listing and the fact of its side that each one is."""


@dataclass(frozen=True, kw_only=True)
class Sided:
    """The facts of one listing, and what it may stand opposite to."""

    listing_id: int
    kind: str
    side: str
    facts: Side


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two listings that may answer one another, before they are loaded."""

    listing_id: int
    own_id: int
    facts: list[MatchFact]


@dataclass(frozen=True, kw_only=True)
class Match(Reasoned):
    """A listing of somebody else's that may answer one of one's own."""

    listing: Listing
    own: Listing


def side_of(listing: Listing) -> Side:
    return Side(
        title=listing.title,
        terms=trade_terms(listing.title),
        chain=listing.industry_chain,
        division=listing.division_id,
        division_name=listing.division.name,
        occupation=listing.occupation_id or "",
        occupation_name=listing.occupation.name if listing.occupation else "",
        majors=frozenset(listing.majors),
        quantity=listing.capacity_left,
        unit=unit_of(listing.kind),
        starts_on=listing.starts_on,
        ends_on=listing.ends_on,
    )


def terms_of(listing: Listing) -> frozenset[str]:
    """The telling words of its title and text; how rare they are, the search knows."""
    known = frequencies()
    return telling_terms(
        listing.title,
        listing.description,
        held_by=lambda word: known.share(word) * known.rows,
        of=known.rows,
    )


def side_from(columns: Mapping[str, Any]) -> Side:
    """The same facts from bare columns; of hundreds of candidates only the titles are read."""
    return Side(
        **{
            **columns,
            "terms": trade_terms(columns["title"]),
            "occupation": columns["occupation"] or "",
            "occupation_name": columns["occupation_name"] or "",
            "majors": frozenset(columns["majors"]),
        }
    )


def own_open_listings(actor: Actor, *, most: int = MOST_OWN) -> list[Listing]:
    """What the actor's organisation has in the hall with its text, the newest first."""
    if actor.organisation_id is None:
        return []
    rows = Listing.objects.of(organisation_id=actor.organisation_id).for_cards().defer(None)
    return list(rows.filter(state=ListingState.PUBLISHED).order_by("-published_at")[:most])


def sided(listing: Listing, *, with_text: bool = False) -> Sided:
    """With the text only where it has been loaded: cards do without it."""
    facts = side_of(listing)
    if with_text:
        facts = replace(facts, terms=terms_of(listing))
    return Sided(listing_id=listing.pk, kind=listing.kind, side=listing.side, facts=facts)


@cache
def unit_of(code: str) -> str:
    """What the quantity of a kind counts; numbers of different things are not compared."""
    kind = listing_kinds().get(code)
    return kind.quantity.unit if kind and kind.quantity else ""


@cache
def counterpart_kinds(code: str) -> frozenset[str]:
    """The kinds that answer this kind, or that it answers, its own among them."""
    kinds = listing_kinds()
    if code not in kinds:
        return frozenset()
    answering = {other.code for other in kinds.values() if code in other.meets}
    return frozenset({code} | kinds[code].meets | answering)


@cache
def kinds_that_meet() -> tuple[tuple[str, str], ...]:
    """All pairs of kinds that may answer one another."""
    return tuple((one, other) for one in listing_kinds() for other in counterpart_kinds(one))


def may_answer(other: Sided, mine: Sided) -> bool:
    """Whether two listings stand opposite (供需相对)."""
    return mine.side != other.side and other.kind in counterpart_kinds(mine.kind)


def best_pair(other: Sided, *, own: Iterable[Sided]) -> Pair | None:
    """The own listing that ``other`` answers best, or None when it answers none."""
    pairs = [
        Pair(listing_id=other.listing_id, own_id=mine.listing_id, facts=facts)
        for mine in own
        if may_answer(other, mine)
        and (facts := telling_facts(need=mine.facts, offer=other.facts)) is not None
    ]
    return max(pairs, key=lambda pair: strength(pair.facts), default=None)


def reasons_for(*, listings: Iterable[Listing], actor: Actor) -> dict[int, Match]:
    """Why each of these listings may suit the actor's organisation; others are left out."""
    if recommendation_off(actor):
        return {}
    foreign = {row.pk: row for row in listings if row.organisation_id != actor.organisation_id}
    own = {row.pk: row for row in own_open_listings(actor)}
    sides = [sided(row) for row in own.values()]
    found = (best_pair(sided(row), own=sides) for row in foreign.values())
    return {
        pair.listing_id: Match(
            listing=foreign[pair.listing_id], own=own[pair.own_id], facts=pair.facts
        )
        for pair in found
        if pair is not None
    }


def live_pairs(actor: Actor, *, own: list[Sided]) -> list[Pair]:
    """What answers these listings right now, best first (即时匹配).

    For listings that no refresh has seen yet. Candidates are compared as bare facts.
    """
    if not own:
        return []
    found = (best_pair(other, own=own) for other in candidates(actor, own=own))
    pairs = [pair for pair in found if pair is not None]
    return sorted(pairs, key=lambda pair: strength(pair.facts), reverse=True)


def candidates(
    actor: Actor, *, own: list[Sided], kinds: Iterable[str] | None = None
) -> Iterator[Sided]:
    """Listings of others that the actor sees and that speak of the same matter, as facts.

    The newest by first publication are compared: publishing again lifts nothing.
    """
    codes = kinds or {code for mine in own for code in counterpart_kinds(mine.kind)}
    rows = (
        listings_visible_to(actor)
        .published()
        .filter(same_matter(own), kind__in=codes)
        .exclude(organisation=actor.organisation_id)
        .order_by("-first_published_at", "pk")
        .values_list("pk", "kind", "side", *SIDE_COLUMNS)[:MOST_CANDIDATES]
    )
    for pk, kind, side, *columns in rows:
        facts = dict(zip(SIDE_COLUMNS.values(), columns, strict=True)) | {"unit": unit_of(kind)}
        yield Sided(listing_id=pk, kind=kind, side=side, facts=side_from(facts))


def same_matter(own: list[Sided]) -> Q:
    """Of the same occupation group, major or chain; listings that name none are compared too."""
    wanted = Q(occupation__isnull=True, majors=[])
    for mine in own:
        if mine.facts.occupation:
            wanted |= Q(occupation__code__startswith=mine.facts.occupation[:7])
        if mine.facts.majors:
            wanted |= Q(majors__overlap=sorted(mine.facts.majors))
        if mine.facts.chain:
            wanted |= Q(industry_chain=mine.facts.chain)
    return wanted
