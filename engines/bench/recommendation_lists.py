"""Lists of one side of a made-up market, and how well each foretells the future."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse
from silian_engines.matching.market.generating import Market
from silian_engines.matching.recommendation.recommending import Recommender

TOP = 10
BLOCK, SMALL_BLOCK = 500, 25
MOST_ASKERS = 4000
DISCOUNT = 1 / np.log2(np.arange(2, TOP + 2))
Score = Callable[[np.ndarray], np.ndarray]


@dataclass(kw_only=True)
class Question:
    """Lists of one side of one market: who asks, who came, and who may not be shown."""

    market: Market
    recommender: Recommender
    from_needs: bool
    came: sparse.csr_matrix
    met: sparse.csr_matrix

    @cached_property
    def askers(self) -> np.ndarray:
        """Those to whom somebody came, or a share of them drawn by chance."""
        found = np.flatnonzero(np.asarray(self.came.sum(axis=1)).ravel())
        rng = np.random.default_rng(self.market.plan.seed)
        return np.sort(rng.permutation(found)[:MOST_ASKERS])

    @property
    def new(self) -> np.ndarray:
        """Those who came to the market only with the future."""
        crowd = self.market.wishes.needs if self.from_needs else self.market.wishes.offers
        return crowd.from_season >= self.market.plan.past_seasons

    @property
    def own_and_other(self) -> tuple[list, list]:
        pair = [self.market.needs, self.market.offers]
        return tuple(pair if self.from_needs else pair[::-1])

    def tops(self, score: Score, askers: np.ndarray) -> np.ndarray:
        """The ten best of everybody; met pairs and kinds that never meet are out for all alike."""
        found = []
        for at in range(0, askers.size, BLOCK):
            rows = askers[at : at + BLOCK]
            scores = np.array(score(rows), np.float64)
            allowed = self.recommender.retrieval.may_meet(rows, from_needs=self.from_needs)
            scores[~allowed] = -np.inf
            met = self.met[rows].tocoo()
            scores[met.row, met.col] = -np.inf
            best = np.argpartition(-scores, TOP, axis=1)[:, :TOP]
            order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
            found.append(np.take_along_axis(best, order, axis=1))
        return np.concatenate(found)

    def future_ndcg(self, tops: np.ndarray, askers: np.ndarray) -> np.ndarray:
        """How well each list foretold who came, 1 for a perfect one."""
        hits = np.asarray(self.came[np.repeat(askers, TOP), tops.ravel()]).reshape(tops.shape) > 0
        many = np.minimum(np.asarray(self.came.sum(axis=1)).ravel()[askers], TOP).astype(int)
        return (hits * DISCOUNT).sum(axis=1) / np.cumsum(DISCOUNT)[many - 1]

    def wanted(self, rows: np.ndarray) -> np.ndarray:
        """What the less willing of the two wants, above the level of asking; 0 below."""
        parts = np.array_split(rows, 1 + rows.size // SMALL_BLOCK)
        return np.concatenate([self.wanted_by_few(part) for part in parts])

    def wanted_by_few(self, rows: np.ndarray) -> np.ndarray:
        size = len(self.own_and_other[1])
        mine, theirs = np.repeat(rows, size), np.tile(np.arange(size), rows.size)
        pair = (mine, theirs) if self.from_needs else (theirs, mine)
        return np.maximum(self.market.wishes.fit(*pair), 0).reshape(rows.size, size)
