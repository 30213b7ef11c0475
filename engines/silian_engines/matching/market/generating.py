"""Make a market: what everybody says, what happened, and what happened then (生成市场)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from silian_engines.matching.market.listings import FIRST_DAY, Writer
from silian_engines.matching.market.people import SEASON_DAYS, Ints, crowd_of, ground_of
from silian_engines.matching.market.plan import MarketPlan
from silian_engines.matching.market.seasons import Browsing, Season, Street
from silian_engines.matching.market.wishes import Wishes
from silian_engines.matching.recommendation.entities import Act, Entity, Interaction, Side

ACTS = (Act.SEEN, Act.ANSWERED, Act.ACCEPTED)


@dataclass(frozen=True, kw_only=True)
class Market:
    """A market up to today, and its future apart from it."""

    plan: MarketPlan
    needs: list[Entity]
    offers: list[Entity]
    past: list[Season]
    future: list[Season]
    wishes: Wishes

    @property
    def entities(self) -> list[Entity]:
        return [*self.needs, *self.offers]

    def interactions(self) -> Iterator[Interaction]:
        """What a platform knows today, day by day; nothing of the future."""
        for season in self.past:
            yield from interactions_of(season, needs=self.needs, offers=self.offers)

    def future_pairs(self) -> tuple[Ints, Ints]:
        """Needs and offers that came together later for the first time."""
        taken = [season.depth == ACTS.index(Act.ACCEPTED) for season in self.future]
        return (
            np.concatenate([s.needs[t] for s, t in zip(self.future, taken, strict=True)]),
            np.concatenate([s.offers[t] for s, t in zip(self.future, taken, strict=True)]),
        )


def generated(*, plan: MarketPlan) -> Market:
    """The market of a plan; the same plan gives the same market."""
    rng = np.random.default_rng([plan.seed, 20_261])
    ground = ground_of(plan, rng=rng)
    needs, offers = (crowd_of(plan, ground, side=side, rng=rng) for side in Side)
    writer = Writer(plan, ground, rng=rng)
    need_listings, offer_listings = writer.entities(needs), writer.entities(offers)
    wishes = Wishes(plan=plan, needs=needs, offers=offers)
    street = Street(
        plan=plan,
        wishes=wishes,
        browsing=Browsing(need_listings, offer_listings),
        rng=rng,
        asked_pairs=set(),
        popularity={
            side: np.zeros(crowd.size) for side, crowd in zip(Side, (needs, offers), strict=True)
        },
    )
    seasons = [street.season(at) for at in range(plan.past_seasons + plan.future_seasons)]
    return Market(
        plan=plan,
        needs=need_listings,
        offers=offer_listings,
        past=seasons[: plan.past_seasons],
        future=seasons[plan.past_seasons :],
        wishes=wishes,
    )


def interactions_of(
    season: Season, *, needs: list[Entity], offers: list[Entity]
) -> Iterator[Interaction]:
    begin = FIRST_DAY + datetime.timedelta(days=SEASON_DAYS * season.number)
    days = [begin + datetime.timedelta(days=at) for at in range(SEASON_DAYS)]
    rows = zip(
        season.needs.tolist(),
        season.offers.tolist(),
        season.by_need.tolist(),
        season.depth.tolist(),
        strict=True,
    )
    total = max(season.needs.size, 1)
    for at, (need, offer, by_need, depth) in enumerate(rows):
        pair = needs[need].key, offers[offer].key
        actor, other = pair if by_need else pair[::-1]
        yield Interaction(actor, other, ACTS[depth], days[at * SEASON_DAYS // total])
