"""The recommender: fitted once, asked often (推荐模型).

A pair has one score, the same from either side, because both have to want it. A list is made in
two steps: a linear score of everybody on the other side, then the full score of the best of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from scipy import sparse

from silian_engines.matching.recommendation.encoding import Floats, Ints, Library, library_of
from silian_engines.matching.recommendation.entities import (
    Act,
    Entity,
    Interaction,
    Recommended,
    Side,
    UnknownKey,
)
from silian_engines.matching.recommendation.history import History, history_of, pairs_of
from silian_engines.matching.recommendation.learning import Weights, learned_weights
from silian_engines.matching.recommendation.shortlists import NOBODY, Retrieval, retrieval_of
from silian_engines.matching.recommendation.signals import Signals, gathered, signals_of
from silian_engines.matching.recommendation.storing import packed, unpacked


def fit(
    *,
    entities: Sequence[Entity],
    interactions: Iterable[Interaction] = (),
    meets: Collection[tuple[str, str]] | None = None,
    seed: int = 0,
) -> Recommender:
    """A recommender for these entities, taught by what came of earlier meetings.

    ``meets`` names the kinds of needs and offers that may meet; without it all may.
    """
    library = library_of(entities, meets=None if meets is None else frozenset(meets))
    history = history_of(interactions, library=library)
    rng = np.random.default_rng(seed)
    weights = learned_weights(library, history, rng=rng)
    signals = signals_of(library, history, rng=rng)
    return Recommender(history=history, signals=signals, weights=weights)


@dataclass(frozen=True, kw_only=True)
class Recommender:
    """Whom to recommend to whom, for every need and every offer."""

    history: History
    signals: Signals
    weights: Weights

    @property
    def library(self) -> Library:
        return self.signals.library

    @cached_property
    def retrieval(self) -> Retrieval:
        return retrieval_of(self.signals, self.weights.linear)

    @cached_property
    def met(self) -> sparse.csr_matrix:
        """Needs by offers, 1 where one has asked the other before."""
        return pairs_of(self.history.at_least(Act.ANSWERED), library=self.library)

    def pair_scores(self, *, pairs: Sequence[tuple[str, str]]) -> Floats:
        """How well each need and offer suit each other; a pair may be named from either side."""
        rows = [self.need_and_offer(*pair) for pair in pairs]
        needs, offers = np.array(rows, np.int64).reshape(-1, 2).T
        return self.scored(needs, offers)

    def top(self, *, key: str, k: int, new_only: bool = False) -> list[Recommended]:
        """The best ``k`` of the other side, best first."""
        others, scores = self.tops(keys=[key], k=k, new_only=new_only)
        theirs = self.other_keys(self.side_of(key))
        lines = zip(others[0].tolist(), scores[0].tolist(), strict=True)
        return [Recommended(theirs[at], score) for at, score in lines if at != NOBODY]

    def tops(self, *, keys: Sequence[str], k: int, new_only: bool = False) -> tuple[Ints, Floats]:
        """Many lists of one side at once: positions on the other side, ``-1`` for nobody.

        With ``new_only`` partners who have asked each other before are left out.
        """
        side = self.side_of(keys[0])
        if any(self.side_of(key) is not side for key in keys):
            raise ValueError("各条目须同为供给或同为需求。")
        from_needs = side is Side.DEMAND
        rows = np.array([self.library.shelf(side).position[key] for key in keys], np.int64)
        barred = (self.met if from_needs else self.met.T.tocsr()) if new_only else None
        blocks = self.retrieval.shortlists(rows, from_needs=from_needs, barred=barred)
        parts = [self.ordered(block, found, from_needs=from_needs, k=k) for block, found in blocks]
        empty = np.zeros((len(keys), 0))
        if not parts:
            return empty.astype(np.int64), empty.astype(np.float32)
        return np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])

    def ordered(self, rows: Ints, found: Ints, *, from_needs: bool, k: int) -> tuple[Ints, Floats]:
        """Shortlists by their full score."""
        askers = np.repeat(rows, found.shape[1])
        others = np.maximum(found.ravel(), 0)
        pair = (askers, others) if from_needs else (others, askers)
        scores = np.where(found == NOBODY, -np.inf, self.scored(*pair).reshape(found.shape))
        order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
        return np.take_along_axis(found, order, axis=1), np.take_along_axis(scores, order, axis=1)

    def scored(self, needs: Ints, offers: Ints) -> Floats:
        return self.weights.full(self.signals.full(needs, offers))

    def with_entities(self, *, entities: Sequence[Entity]) -> Self:
        """The same weights with entities that came or changed since, without training."""
        library = self.library.extended(entities)
        signals = gathered(library, self.history, learned=self.signals.learned)
        return type(self)(history=self.history, signals=signals, weights=self.weights)

    def save(self) -> bytes:
        """Everything in bytes, the same for the same recommender."""
        return packed(
            library=self.library,
            history=self.history,
            learned=self.signals.learned,
            scorers=[self.weights.linear, self.weights.full],
        )

    @classmethod
    def load(cls, data: bytes) -> Self:
        """The recommender that was saved."""
        library, history, learned, (linear, full) = unpacked(data)
        signals = gathered(library, history, learned=learned)
        return cls(history=history, signals=signals, weights=Weights(linear=linear, full=full))

    def side_of(self, key: str) -> Side:
        side = self.library.side_of(key)
        if side is None:
            raise UnknownKey(key)
        return side

    def other_keys(self, side: Side) -> list[str]:
        """The keys of the other side, in the order of the positions."""
        other = Side.SUPPLY if side is Side.DEMAND else Side.DEMAND
        return list(self.library.shelf(other).position)

    def need_and_offer(self, left: str, right: str) -> tuple[int, int]:
        if self.side_of(left) is self.side_of(right):
            raise ValueError("一对须是一条需求和一条供给。")
        need, offer = (left, right) if self.side_of(left) is Side.DEMAND else (right, left)
        return self.library.needs.position[need], self.library.offers.position[offer]
