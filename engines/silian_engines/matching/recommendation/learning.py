"""From the newest acceptances to weights: what the earlier ones should have said (训练排序).

The signals come from the time before; the lists to order come from the time after.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from silian_engines.matching.recommendation.encoding import Floats, Ints, Library
from silian_engines.matching.recommendation.entities import Act
from silian_engines.matching.recommendation.history import History, pairs_of
from silian_engines.matching.recommendation.ranking import Scorer, trained_scorer
from silian_engines.matching.recommendation.shortlists import retrieval_of
from silian_engines.matching.recommendation.signals import FULL, NEAR, Signals, signals_of

MOST_LISTS = 8000  # from each side
LEAST_LISTS = 200  # below, the weights set by hand are safer
RIVALS_ANYWHERE, RIVALS_SHORTLISTED = 30, 40
TRIES = 4  # to find a rival whose kind may meet
HAND_SCALE = 100.0  # wide, so that no feature is cut
HAND_NEAR = {"vectors": 0.3, "words": 0.3, "codes": 0.1}
HAND_FULL = {
    **HAND_NEAR,
    "occupation": 2.0,
    "majors": 2.0,
    "division": 0.7,
    "industry": 0.5,
    "period": 0.5,
    "enough": 0.2,
}


@dataclass(frozen=True, kw_only=True)
class Weights:
    """The linear score that makes shortlists, and the full score that orders them."""

    linear: Scorer
    full: Scorer


@dataclass(frozen=True, kw_only=True)
class Lists:
    """Pairs that came together, each asked from one side."""

    needs: Ints
    offers: Ints
    from_needs: bool
    taken: sparse.csr_matrix

    @property
    def askers(self) -> Ints:
        return self.needs if self.from_needs else self.offers

    @property
    def partners(self) -> Ints:
        return self.offers if self.from_needs else self.needs

    def only(self, chosen: npt.NDArray[np.bool_]) -> Lists:
        return replace(self, needs=self.needs[chosen], offers=self.offers[chosen])

    def without_partners(self, rivals: Ints, *, instead: Ints) -> Ints:
        """Rivals of whom none came to the asker too; nobody counts as the partner itself."""
        askers = np.repeat(self.askers, rivals.shape[1])
        came = np.asarray(self.taken[askers, rivals.ravel()]).reshape(rivals.shape) > 0
        rivals = np.where(came, instead, rivals)
        return np.where(rivals < 0, self.partners[:, None], rivals)

    def with_rivals(self, rivals: Ints) -> tuple[Ints, Ints]:
        """Needs and offers of each list, the partner first, rivals behind."""
        others = np.column_stack([self.partners, rivals])
        askers = np.repeat(self.askers[:, None], others.shape[1], axis=1)
        return (askers, others) if self.from_needs else (others, askers)


def learned_weights(library: Library, history: History, *, rng: np.random.Generator) -> Weights:
    """Weights that put the newest partners first, or those set by hand when they are too few."""
    early, late = history.split()
    if late.at_least(Act.ACCEPTED).needs.size < LEAST_LISTS or len(early) == 0:
        return hand_weights()
    signals = signals_of(library, early, rng=rng)
    met = pairs_of(early.at_least(Act.ANSWERED), library=library)
    both = [
        lists
        for from_needs in (True, False)
        if (
            lists := lists_of(late, library=library, met=met, from_needs=from_needs, rng=rng)
        ).needs.size
    ]
    if not both:
        return hand_weights()
    linear = trained_scorer(
        np.concatenate([anywhere(lists, signals, rng=rng) for lists in both]), rng=rng, hidden=0
    )
    rows = [shortlisted(lists, signals, linear, met, rng=rng) for lists in both]
    if not sum(map(len, rows)):
        return hand_weights()
    return Weights(linear=linear, full=trained_scorer(np.concatenate(rows), rng=rng))


def hand_weights() -> Weights:
    """Vectors, words and fields as the rules of the hall weigh them, for a market without past."""
    return Weights(linear=straight(HAND_NEAR, NEAR), full=straight(HAND_FULL, FULL))


def straight(weights: dict[str, float], names: Sequence[str]) -> Scorer:
    """A line through the named features alone."""
    width = len(names)
    line = np.array([weights.get(name, 0.0) for name in names], np.float32)
    return Scorer(
        mean=np.zeros(width, np.float32),
        scale=np.full(width, HAND_SCALE, np.float32),
        line=line * HAND_SCALE,
        bends=np.zeros((width, 0), np.float32),
        offsets=np.zeros(0, np.float32),
        out=np.zeros(0, np.float32),
    )


def lists_of(
    late: History,
    *,
    library: Library,
    met: sparse.csr_matrix,
    from_needs: bool,
    rng: np.random.Generator,
) -> Lists:
    """The new acceptances between partners who had not met before, once each."""
    taken = pairs_of(late.at_least(Act.ACCEPTED), library=library)
    new = (taken - taken.multiply(met)).tocoo()
    chosen = np.flatnonzero(new.data > 0)
    chosen = rng.permutation(chosen)[:MOST_LISTS]
    return Lists(
        needs=new.row[chosen].astype(np.int64),
        offers=new.col[chosen].astype(np.int64),
        from_needs=from_needs,
        taken=(taken if from_needs else taken.T).tocsr(),
    )


def anywhere(lists: Lists, signals: Signals, *, rng: np.random.Generator) -> Floats:
    """Features for the linear score, with rivals from everywhere whose kind may meet."""
    shape = (lists.askers.size, RIVALS_ANYWHERE)
    rivals = rng.integers(lists.taken.shape[1], size=shape)
    for _ in range(TRIES):
        needs, offers = lists.with_rivals(rivals)
        wrong = ~signals.library.may_meet(needs, offers)[:, 1:]
        rivals[wrong] = rng.integers(lists.taken.shape[1], size=int(wrong.sum()))
    needs, offers = lists.with_rivals(rivals)
    return signals.near(needs.ravel(), offers.ravel()).reshape(*needs.shape, -1)


def shortlisted(
    lists: Lists,
    signals: Signals,
    linear: Scorer,
    met: sparse.csr_matrix,
    *,
    rng: np.random.Generator,
) -> Floats:
    """Features for the full score: of those shortlisted, who came before who did not.

    A partner outside the shortlist is left out: the full score never has to find it.
    """
    asked, at = np.unique(lists.askers, return_inverse=True)
    barred = met if lists.from_needs else met.T.tocsr()
    blocks = retrieval_of(signals, linear).shortlists(
        asked, from_needs=lists.from_needs, barred=barred
    )
    found = np.concatenate([short for _, short in blocks])[at]
    listed = (found == lists.partners[:, None]).any(axis=1)
    lists, found = lists.only(listed), found[listed]
    rivals = lists.without_partners(drawn(found, rng=rng), instead=drawn(found, rng=rng))
    needs, offers = lists.with_rivals(rivals)
    return signals.full(needs.ravel(), offers.ravel()).reshape(*needs.shape, -1)


def drawn(found: Ints, *, rng: np.random.Generator) -> Ints:
    """Some of each row, by chance."""
    shape = (found.shape[0], RIVALS_SHORTLISTED)
    return np.take_along_axis(found, rng.integers(found.shape[1], size=shape), axis=1)
