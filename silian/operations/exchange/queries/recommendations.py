"""Recommendations as they are shown: computed at night, true at the moment of reading."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.operations.exchange.choices import RecommendationVerdict
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.negotiation import OPEN_STATES, Negotiation
from silian.operations.exchange.models.recommendation import (
    Recommendation,
    RecommendationShowing,
)
from silian.operations.exchange.permissions.listings import listings_visible_to
from silian.operations.exchange.permissions.recommendations import (
    has_recommendations,
    recommendations_visible_to,
    showings_visible_to,
)
from silian.operations.exchange.queries.matches import (
    MOST_OWN,
    Sided,
    live_pairs,
    may_answer,
    own_open_listings,
    sided,
)
from silian.operations.exchange.queries.reasons import Reasoned
from silian.operations.exchange.queries.recommendation_choices import (
    hidden_listings,
    paused_organisations,
    recommendation_off,
)
from silian.operations.exchange.rules.matching_facts import MatchFact, telling_facts
from silian.operations.exchange.rules.recommendations import SHOWN_FIRST

MOST_SHOWN = 60  # a page; what comes later suits less than what the hall finds
MOST_STARTS = 300  # own listings looked at; nobody reads recommendations for more


@dataclass(frozen=True, kw_only=True)
class Recommended(Reasoned):
    """A listing recommended for an own one, with facts that hold now (推荐)."""

    listing: Listing
    own: Listing
    stored: Recommendation | None = None
    showing: RecommendationShowing | None = None

    @property
    def is_mutual(self) -> bool:
        """Whether the own listing stands among the first in the other side's list too (互荐)."""
        place = self.stored.mutual_rank if self.stored else None
        return place is not None and place <= SHOWN_FIRST

    @property
    def is_trial(self) -> bool:
        return self.stored is not None and self.stored.is_new

    @property
    def suits(self) -> bool:
        return self.showing is not None and self.showing.verdict == RecommendationVerdict.SUITS


@dataclass(frozen=True, kw_only=True)
class Place:
    """A pair in the order of showing, before its listings are loaded."""

    own_id: int
    other_id: int
    stored: Recommendation | None = None


def matches_of(actor: Actor, *, most: int = SHOWN_FIRST) -> list[Recommended]:
    """What suits the actor's organisation best, one row for each listing (为您匹配)."""
    return recommended(actor, most=most)


def recommended(
    actor: Actor, *, own_id: int | None = None, kind: str = "", most: int = MOST_SHOWN
) -> list[Recommended]:
    """Recommendations for all own listings or one of them; empty when switched off."""
    if not has_recommendations(actor) or recommendation_off(actor):
        return []
    mine = own_open_listings(actor, most=MOST_STARTS)
    own = {row.pk: row for row in mine if own_id in (None, row.pk)}
    allowed = showable_listings(actor)
    if kind:
        allowed = allowed.filter(kind=kind)
    places = [
        *stored_places(actor, own_ids=own, allowed=allowed, most=most),
        *live_places(actor, own=list(own.values()), allowed=allowed),
    ]
    return shown(once_each(places), own=own, actor=actor)[:most]


def showable_listings(actor: Actor) -> QuerySet[Listing]:
    """Listings that may be recommended to the actor today.

    Left out: hidden ones, those found unsuitable, those already talked about, and those of
    organisations that take no part.
    """
    org = actor.organisation_id or 0
    refused = RecommendationShowing.objects.filter(
        organisation_id=org, verdict=RecommendationVerdict.UNSUITABLE
    )
    talked = Negotiation.objects.filter(asker_id=org, state__in=OPEN_STATES)
    return (
        listings_visible_to(actor)
        .published()
        .exclude(hidden_listings(actor))
        .exclude(pk__in=refused.values("other_id"))
        .exclude(pk__in=talked.values("listing_id"))
        .exclude(organisation_id__in=paused_organisations())
        .exclude(organisation_id=org)
    )


def stored_places(
    actor: Actor, *, own_ids: Iterable[int], allowed: QuerySet[Listing], most: int
) -> list[Place]:
    """What the last refresh computed, the first of every own listing first."""
    rows = (
        recommendations_visible_to(actor)
        .filter(own_id__in=list(own_ids), other__in=allowed)
        .order_by("rank", "-score", "pk")[: most * 2]
    )
    return [Place(own_id=row.own_id, other_id=row.other_id, stored=row) for row in rows]


def live_places(actor: Actor, *, own: list[Listing], allowed: QuerySet[Listing]) -> list[Place]:
    """What suits own listings that no refresh has seen since they were published (冷启动)."""
    ids = [row.pk for row in own]
    seen = set(Recommendation.objects.filter(own_id__in=ids).values_list("own_id", flat=True))
    unseen = [sided(row) for row in own if row.pk not in seen][:MOST_OWN]
    pairs = live_pairs(actor, own=unseen)[:MOST_SHOWN]
    fitting = set(
        allowed.filter(pk__in=[pair.listing_id for pair in pairs]).values_list("pk", flat=True)
    )
    return [
        Place(own_id=pair.own_id, other_id=pair.listing_id)
        for pair in pairs
        if pair.listing_id in fitting
    ]


def once_each(places: Iterable[Place]) -> list[Place]:
    """The best place of every listing."""
    first: dict[int, Place] = {}
    for place in places:
        first.setdefault(place.other_id, place)
    return list(first.values())


def shown(places: list[Place], *, own: dict[int, Listing], actor: Actor) -> list[Recommended]:
    """The places with their listings; a pair whose facts no longer speak for it is left out."""
    ids = [place.other_id for place in places]
    listings = Listing.objects.for_cards().defer(None).in_bulk(ids)
    showings = {row.other_id: row for row in showings_visible_to(actor).filter(other_id__in=ids)}
    named = {place.own_id for place in places}
    mine = {pk: sided(own[pk], with_text=True) for pk in named}
    return [
        Recommended(
            listing=listing,
            own=own[place.own_id],
            facts=facts,
            stored=place.stored,
            showing=showings.get(place.other_id),
        )
        for place in places
        if (listing := listings.get(place.other_id)) is not None
        and (facts := facts_now(mine[place.own_id], listing=listing)) is not None
    ]


def facts_now(mine: Sided, *, listing: Listing) -> list[MatchFact] | None:
    """The facts written anew from the two listings; None when they no longer tell anything."""
    other = sided(listing, with_text=True)
    if not may_answer(other, mine):
        return None
    return telling_facts(need=mine.facts, offer=other.facts)


def recommended_pair(actor: Actor, *, own_id: int, other_id: int) -> Recommended | None:
    """One recommendation as it stands now, or None (为什么看到这条)."""
    if not has_recommendations(actor) or recommendation_off(actor):
        return None
    mine = own_open_listings(actor, most=MOST_STARTS)
    own = {row.pk: row for row in mine if row.pk == own_id}
    if not own or not showable_listings(actor).filter(pk=other_id).exists():
        return None
    stored = recommendations_visible_to(actor).filter(own_id=own_id, other_id=other_id).first()
    place = Place(own_id=own_id, other_id=other_id, stored=stored)
    return next(iter(shown([place], own=own, actor=actor)), None)


def refreshed_at() -> datetime.datetime | None:
    """When recommendations were last computed (最近计算时间)."""
    newest = Recommendation.objects.order_by("-computed_at").values_list("computed_at", flat=True)
    return newest.first()
