"""Who is in the market: what they are, which nobody sees, and what they say (隐含与公开).

Skills are directions in a space of which trades are the landmarks: trades of one family lie close
together. Somebody stands at a mixture of one to three trades and a step of their own beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from silian_engines.matching.market.plan import NEED_KINDS, OFFER_KINDS, MarketPlan
from silian_engines.matching.market.trades import Trade, chosen_trades
from silian_engines.matching.recommendation.entities import Side

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FAMILY_STEP, OWN_STEP = 0.7, 0.45  # how far a trade lies from its family, a person from the trades
MOST_TRADES = 3
SECOND_TRADE, THIRD_TRADE, SAME_FAMILY = 0.5, 0.2, 0.7
TASTE_DIRECTIONS = 6
SEASON_DAYS = 60


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What the whole market shares."""

    trades: list[Trade]
    family: Ints
    landmarks: Floats
    popularity: Floats


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """One side: kinds, places and hidden traits, row by row."""

    side: Side
    kinds: npt.NDArray[np.str_]
    trades: Ints
    shares: Floats
    skills: Floats
    taste: Floats
    quality: Floats
    city: Ints
    county: Ints
    rooted: Floats
    starts: Ints
    lasts: Ints
    places: Ints
    activity: Floats
    prominence: Floats
    from_season: Ints

    @property
    def size(self) -> int:
        return self.kinds.size


def ground_of(plan: MarketPlan, *, rng: np.random.Generator) -> Ground:
    trades = chosen_trades(plan.trades, rng=rng)
    names, family = np.unique([trade.family for trade in trades], return_inverse=True)
    centres = rng.standard_normal((names.size, plan.skills))
    landmarks = centres[family] + FAMILY_STEP * rng.standard_normal((len(trades), plan.skills))
    popularity = rng.gamma(1.0, 1.0, size=len(trades)) + 0.1
    return Ground(
        trades=trades,
        family=family.astype(np.int64),
        landmarks=unit(landmarks),
        popularity=popularity / popularity.sum(),
    )


def crowd_of(plan: MarketPlan, ground: Ground, *, side: Side, rng: np.random.Generator) -> Crowd:
    needs = side is Side.DEMAND
    size = plan.needs if needs else plan.offers
    kinds = NEED_KINDS if needs else OFFER_KINDS
    trades, shares = trades_of(ground, size, rng=rng)
    mixture = (ground.landmarks[trades] * shares[:, :, None]).sum(axis=1)
    own = rng.standard_normal((size, plan.skills)) / np.sqrt(plan.skills)
    places = plan.need_places if needs else plan.offer_places
    return Crowd(
        side=side,
        kinds=rng.choice(list(kinds), size=size, p=list(kinds.values())),
        trades=trades,
        shares=shares,
        skills=unit(unit(mixture) + OWN_STEP * own),
        taste=rng.standard_normal((size, TASTE_DIRECTIONS)) / TASTE_DIRECTIONS**0.25,
        quality=rng.standard_normal(size),
        city=rng.choice(plan.cities, size=size, p=city_shares(plan.cities)),
        county=rng.integers(plan.counties, size=size),
        rooted=rng.gamma(2.0, 0.5, size=size),
        starts=rng.integers(0, 300, size=size),
        lasts=rng.integers(60, 500, size=size),
        places=1 + rng.poisson(rng.gamma(1.0, places, size=size)),
        activity=rng.gamma(1.5, 1 / 1.5, size=size),
        prominence=rng.lognormal(0.0, plan.showing.prominence, size=size),
        from_season=arrivals(plan, size, rng=rng),
    )


def trades_of(ground: Ground, size: int, *, rng: np.random.Generator) -> tuple[Ints, Floats]:
    """One to three trades of each and their shares; the others mostly of the same family."""
    count = len(ground.trades)
    main = rng.choice(count, size=size, p=ground.popularity)
    trades = np.column_stack([main, *(rng.choice(count, size=size) for _ in range(2))])
    members = np.argsort(ground.family, kind="stable")
    begins = np.searchsorted(ground.family[members], np.arange(ground.family.max() + 2))
    first, last = begins[ground.family[main]], begins[ground.family[main] + 1]
    for at in (1, 2):
        kin = members[first + (rng.random(size) * (last - first)).astype(np.int64)]
        trades[:, at] = np.where(rng.random(size) < SAME_FAMILY, kin, trades[:, at])
    shares = np.column_stack(
        [
            np.ones(size),
            (rng.random(size) < SECOND_TRADE) * rng.uniform(0.2, 0.8, size),
            (rng.random(size) < THIRD_TRADE) * rng.uniform(0.1, 0.4, size),
        ]
    )
    return trades, shares / shares.sum(axis=1, keepdims=True)


def arrivals(plan: MarketPlan, size: int, *, rng: np.random.Generator) -> Ints:
    """The season in which each comes: most from the start, some later, some with the future."""
    draw = rng.random(size)
    late = rng.integers(2, plan.past_seasons, size=size) if plan.past_seasons > 2 else 0
    season = np.where(draw < plan.late_comers, late, 0)
    newcomer = draw > 1 - plan.newcomers
    return np.where(newcomer, plan.past_seasons, season).astype(np.int64)


def city_shares(cities: int) -> Floats:
    weights = 1 / (1.0 + np.arange(cities))
    return weights / weights.sum()


def unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True))
