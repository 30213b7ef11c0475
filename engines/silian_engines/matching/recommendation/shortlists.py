"""Everybody on the other side by a linear score, as one product of matrices (召回)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from silian_engines.matching.recommendation.encoding import Floats, Ints
from silian_engines.matching.recommendation.history import Standing
from silian_engines.matching.recommendation.ranking import Scorer
from silian_engines.matching.recommendation.signals import FARED, NEAR, Signals

NOBODY = -1
SHORTLIST = 200
ROWS_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class Retrieval:
    """Rows of both sides whose product is the linear score, but for words and codes."""

    signals: Signals
    needs: Floats
    offers: Floats
    words: float
    codes: float

    def of_everybody(self, rows: Ints, *, from_needs: bool) -> Floats:
        """The linear score of some of one side with everybody on the other."""
        mine, theirs = (self.needs, self.offers) if from_needs else (self.offers, self.needs)
        scores = mine[rows] @ theirs.T
        scores += self.words * self.signals.words.of_everybody(rows, from_needs=from_needs)
        scores += self.codes * self.signals.codes.of_everybody(rows, from_needs=from_needs)
        return np.asarray(scores, np.float32)

    def may_meet(self, rows: Ints, *, from_needs: bool) -> npt.NDArray[np.bool_]:
        library = self.signals.library
        if from_needs:
            return library.may_meet(rows[:, None], np.arange(library.offers.size)[None])
        return library.may_meet(np.arange(library.needs.size)[None], rows[:, None])

    def shortlists(
        self, rows: Ints, *, from_needs: bool, barred: sparse.csr_matrix | None = None
    ) -> Iterator[tuple[Ints, Ints]]:
        """Blocks of rows, each with the best of the other side, ``-1`` for nobody."""
        for at in range(0, rows.size, ROWS_AT_ONCE):
            block = rows[at : at + ROWS_AT_ONCE]
            scores = self.of_everybody(block, from_needs=from_needs)
            scores[~self.may_meet(block, from_needs=from_needs)] = -np.inf
            if barred is not None:
                met = barred[block].tocoo()
                scores[met.row, met.col] = -np.inf
            most = min(SHORTLIST, scores.shape[1])
            if most == 0:
                continue
            best = np.sort(np.argpartition(-scores, most - 1, axis=1)[:, :most], axis=1)
            possible = np.take_along_axis(scores, best, axis=1) > -np.inf
            yield block, np.where(possible, best, NOBODY)


def retrieval_of(signals: Signals, scorer: Scorer) -> Retrieval:
    """Lay the weights of a linear scorer of `Signals.near` into the rows of one side."""
    weight = dict(zip(NEAR, (scorer.line / scorer.scale).tolist(), strict=True))
    mine, theirs = signals.needs, signals.offers
    needs = (
        weight["vectors"] * mine.vectors + weight["need_company"] * mine.company,
        weight["offer_company"] * mine.vectors,
        weight["taste"] * mine.taste,
        weight["wishes"] * mine.wishes,
        fared(mine.standing, "need", weight),
        np.ones(len(mine.vectors)),
    )
    offers = (
        theirs.vectors,
        theirs.company,
        theirs.taste,
        theirs.wishes,
        np.ones(len(theirs.vectors)),
        fared(theirs.standing, "offer", weight),
    )
    return Retrieval(
        signals=signals,
        needs=np.column_stack(needs).astype(np.float32),
        offers=np.column_stack(offers).astype(np.float32),
        words=weight["words"],
        codes=weight["codes"],
    )


def fared(standing: Standing, who: str, weight: dict[str, float]) -> Floats:
    return standing.columns @ np.array([weight[f"{who}_{how}"] for how in FARED], np.float32)
