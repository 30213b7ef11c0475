"""All that is known of a pair before it is weighed: words, vectors, company, fields (特征)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from silian_engines.matching.recommendation.encoding import Floats, Ints, Library
from silian_engines.matching.recommendation.entities import Act, Side
from silian_engines.matching.recommendation.fields import field_features
from silian_engines.matching.recommendation.history import (
    History,
    Standing,
    pairs_of,
    standing_of,
)
from silian_engines.matching.recommendation.neighbours import Taste, company, taste_of
from silian_engines.matching.recommendation.vectors import TokenVectors, trained_vectors
from silian_engines.matching.recommendation.words import WordOverlap, overlap_of

USUAL_PAIRS = 3.0  # a pair of kinds that is rare counts as if it had met so often by chance


@dataclass(frozen=True, kw_only=True)
class Person:
    """What is known of one side, row by row: itself, its company, its taste, how it fared."""

    vectors: Floats
    company: Floats
    taste: Floats
    standing: Standing


@dataclass(frozen=True, kw_only=True)
class Signals:
    """Everything learned from one stretch of history, for every pair of the library."""

    library: Library
    overlap: WordOverlap
    tokens: TokenVectors
    needs: Person
    offers: Person
    kinds: dict[tuple[int, int], float]

    def near(self, needs: Ints, offers: Ints) -> Floats:
        """The products that a list of everybody starts from, one column each."""
        mine, theirs = self.needs, self.offers
        return np.column_stack(
            [
                dot(mine.vectors[needs], theirs.vectors[offers]),
                dot(mine.company[needs], theirs.vectors[offers]),
                dot(mine.vectors[needs], theirs.company[offers]),
                dot(mine.taste[needs], theirs.taste[offers]),
                mine.standing.columns[needs],
                theirs.standing.columns[offers],
                self.overlap.of_pairs(needs, offers),
            ]
        ).astype(np.float32)

    def full(self, needs: Ints, offers: Ints) -> Floats:
        """Every feature of each pair."""
        library = self.library
        capacity = library.needs.capacity[needs], library.offers.capacity[offers]
        return np.column_stack(
            [
                self.near(needs, offers),
                field_features(library, needs=needs, offers=offers),
                self.kind_affinity(needs, offers),
                *(np.log1p(each) for each in capacity),
            ]
        ).astype(np.float32)

    def kind_affinity(self, needs: Ints, offers: Ints) -> Floats:
        kinds = self.library.needs.codes["kind"], self.library.offers.codes["kind"]
        seen = [np.unique(each, return_inverse=True) for each in kinds]
        table = np.array(
            [[self.kinds.get((int(n), int(o)), 0.0) for o in seen[1][0]] for n in seen[0][0]],
            np.float32,
        ).reshape(seen[0][0].size, seen[1][0].size)
        return np.asarray(table[seen[0][1][needs], seen[1][1][offers]], np.float32)


def signals_of(library: Library, history: History, *, rng: np.random.Generator) -> Signals:
    """Learn from a stretch of history; entities without any have their words and fields."""
    answered = history.at_least(Act.ANSWERED)
    accepted = history.at_least(Act.ACCEPTED)
    doubled = np.concatenate([answered.needs, accepted.needs])  # an acceptance tells twice
    partners = np.concatenate([answered.offers, accepted.offers])
    tokens = trained_vectors(library, needs=doubled, offers=partners, rng=rng)
    return gathered(library, history, tokens=tokens)


def gathered(library: Library, history: History, *, tokens: TokenVectors) -> Signals:
    """The signals of a library, given vectors for its tokens."""
    answered = history.at_least(Act.ANSWERED)
    pairs = pairs_of(answered, library=library)
    needs, offers = tokens.of_needs(library.needs.tokens), tokens.of_offers(library.offers.tokens)
    taste = taste_of(pairs)
    return Signals(
        library=library,
        overlap=overlap_of(library),
        tokens=tokens,
        needs=person(library, history, Side.DEMAND, needs, company(pairs, offers), taste),
        offers=person(library, history, Side.SUPPLY, offers, company(pairs.T, needs), taste),
        kinds=kind_affinities(library, answered),
    )


def person(
    library: Library, history: History, side: Side, vectors: Floats, met: Floats, taste: Taste
) -> Person:
    return Person(
        vectors=vectors,
        company=met,
        taste=taste.needs if side is Side.DEMAND else taste.offers,
        standing=standing_of(history, library=library, side=side),
    )


def kind_affinities(library: Library, history: History) -> dict[tuple[int, int], float]:
    """How much more often two kinds came together than by chance, as a logarithm."""
    left = library.needs.codes["kind"][history.needs]
    right = library.offers.codes["kind"][history.offers]
    total = max(len(history), 1)
    found: dict[tuple[int, int], float] = {}
    for need in np.unique(library.needs.codes["kind"]).tolist():
        for offer in np.unique(library.offers.codes["kind"]).tolist():
            met = int(((left == need) & (right == offer)).sum())
            chance = int((left == need).sum()) * int((right == offer).sum()) / total
            found[need, offer] = float(np.log((met + USUAL_PAIRS) / (chance + USUAL_PAIRS)))
    return found


def dot(left: Floats, right: Floats) -> Floats:
    return np.asarray(np.einsum("ij,ij->i", left, right), np.float32)
