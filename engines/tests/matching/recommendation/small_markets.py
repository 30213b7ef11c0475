"""A market small enough to be learned from within a second."""

from __future__ import annotations

from functools import lru_cache

import pytest
from silian_engines.matching.market.generating import Market, generated
from silian_engines.matching.market.plan import MEETS, MarketPlan
from silian_engines.matching.recommendation import learning, ranking, vectors
from silian_engines.matching.recommendation.recommending import Recommender, fit

PLAN = MarketPlan(needs=200, offers=700, past_seasons=4, future_seasons=1, trades=30, seed=7)


@lru_cache(maxsize=1)
def small_market() -> Market:
    return generated(plan=PLAN)


def taught(market: Market, *, seed: int = 3) -> Recommender:
    """A recommender that has learned for a moment only."""
    told = {"entities": market.entities, "interactions": market.interactions(), "meets": MEETS}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vectors, "MOST_STEPS", 100)
        patch.setattr(learning, "MOST_LISTS", 300)
        patch.setattr(ranking, "PASSES", 40)
        return fit(**told, seed=seed)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def small_recommender() -> Recommender:
    return taught(small_market())
