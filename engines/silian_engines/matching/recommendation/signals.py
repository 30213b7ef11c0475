"""All that is known of a pair before it is weighed: words, vectors, company, fields (特征)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from silian_engines.matching.recommendation.encoding import Floats, Ints, Library
from silian_engines.matching.recommendation.entities import Act, Side
from silian_engines.matching.recommendation.fields import NAMES as FIELDS
from silian_engines.matching.recommendation.fields import field_features
from silian_engines.matching.recommendation.history import (
    History,
    Standing,
    decisions_of,
    pairs_of,
    standing_of,
)
from silian_engines.matching.recommendation.neighbours import company, taste_of
from silian_engines.matching.recommendation.vectors import (
    TokenVectors,
    trained_vectors,
    wish_vectors,
)
from silian_engines.matching.recommendation.words import WordOverlap, overlap_of, products

FARED = ("accepted", "asked", "shown", "rate", "asks")
NEAR = (
    *("vectors", "need_company", "offer_company", "taste", "wishes", "words", "codes"),
    *(f"{who}_{how}" for who in ("need", "offer") for how in FARED),
)
FULL = (*NEAR, *FIELDS, "shared", "shared_share", "kinds", "need_capacity", "offer_capacity")
USUAL_PAIRS = 3.0  # a pair of kinds that is rare counts as if it had met so often by chance


@dataclass(frozen=True, kw_only=True)
class Person:
    """What is known of one side, row by row: itself, its company, its taste, how it fared."""

    vectors: Floats
    wishes: Floats
    company: Floats
    taste: Floats
    standing: Standing


class Learned(NamedTuple):
    """Token vectors of who comes together, and of who wants whom once seen."""

    vectors: TokenVectors
    wishes: TokenVectors


@dataclass(frozen=True, kw_only=True)
class Signals:
    """Everything learned from one stretch of history, for every pair of the library."""

    library: Library
    words: WordOverlap
    codes: WordOverlap
    learned: Learned
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
                dot(mine.wishes[needs], theirs.wishes[offers]),
                self.words.of_pairs(needs, offers),
                self.codes.of_pairs(needs, offers),
                mine.standing.columns[needs],
                theirs.standing.columns[offers],
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
                shared_words(library, needs, offers),
                self.kind_affinity(needs, offers),
                *(np.log1p(each) for each in capacity),
            ]
        ).astype(np.float32)

    def kind_affinity(self, needs: Ints, offers: Ints) -> Floats:
        kinds = self.library.needs.levels["kind"], self.library.offers.levels["kind"]
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
    vectors = trained_vectors(library, needs=doubled, offers=partners, rng=rng)
    wishes = wish_vectors(library, vectors, decisions_of(history), rng=rng)
    return gathered(library, history, learned=Learned(vectors, wishes))


def gathered(library: Library, history: History, *, learned: Learned) -> Signals:
    """The signals of a library, given what was learned of its tokens."""
    answered = history.at_least(Act.ANSWERED)
    pairs = pairs_of(answered, library=library)
    needs = learned.vectors.of_needs(library.needs.tokens)
    offers = learned.vectors.of_offers(library.offers.tokens)
    taste = taste_of(pairs)
    return Signals(
        library=library,
        words=overlap_of(library.needs.words, library.offers.words),
        codes=overlap_of(library.needs.codes, library.offers.codes),
        learned=learned,
        needs=Person(
            vectors=needs,
            wishes=learned.wishes.of_needs(library.needs.tokens),
            company=company(pairs, offers),
            taste=taste.needs,
            standing=standing_of(history, library=library, side=Side.DEMAND),
        ),
        offers=Person(
            vectors=offers,
            wishes=learned.wishes.of_offers(library.offers.tokens),
            company=company(pairs.T, needs),
            taste=taste.offers,
            standing=standing_of(history, library=library, side=Side.SUPPLY),
        ),
        kinds=kind_affinities(library, answered),
    )


def kind_affinities(library: Library, history: History) -> dict[tuple[int, int], float]:
    """How much more often two kinds came together than by chance, as a logarithm."""
    left = library.needs.levels["kind"][history.needs]
    right = library.offers.levels["kind"][history.offers]
    total = max(len(history), 1)
    found: dict[tuple[int, int], float] = {}
    for need in np.unique(library.needs.levels["kind"]).tolist():
        for offer in np.unique(library.offers.levels["kind"]).tolist():
            met = int(((left == need) & (right == offer)).sum())
            chance = int((left == need).sum()) * int((right == offer).sum()) / total
            found[need, offer] = float(np.log((met + USUAL_PAIRS) / (chance + USUAL_PAIRS)))
    return found


def shared_words(library: Library, needs: Ints, offers: Ints) -> Floats:
    """How many words the texts share, and which part of the shorter text that is."""
    mine, theirs = library.needs.words[needs], library.offers.words[offers]
    shared = products(mine, theirs)
    shorter = np.minimum(np.diff(mine.indptr), np.diff(theirs.indptr))
    return np.column_stack([shared, shared / np.maximum(shorter, 1)])


def dot(left: Floats, right: Floats) -> Floats:
    return np.asarray(np.einsum("ij,ij->i", left, right), np.float32)
