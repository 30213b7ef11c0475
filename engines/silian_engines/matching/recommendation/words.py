"""How much two texts say with the same words: BM25 both ways (词面相似)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from silian_engines.matching.recommendation.encoding import Floats, Ints

SATURATION, LENGTH_SHARE = 1.2, 0.75  # k1 and b of BM25, as usual


@dataclass(frozen=True, kw_only=True)
class WordOverlap:
    """Words of both sides, weighted so that a product of rows is the mean of BM25 both ways."""

    need_asks: sparse.csr_matrix
    need_answers: sparse.csr_matrix
    offer_asks: sparse.csr_matrix
    offer_answers: sparse.csr_matrix

    def of_pairs(self, needs: Ints, offers: Ints) -> Floats:
        """The overlap of each pair."""
        there = products(self.need_asks[needs], self.offer_answers[offers])
        back = products(self.offer_asks[offers], self.need_answers[needs])
        return ((there + back) / 2).astype(np.float32)

    def of_everybody(self, rows: Ints, *, from_needs: bool) -> Floats:
        """The overlap of some of one side with everybody on the other."""
        if from_needs:
            asks, answers = self.need_asks[rows], self.need_answers[rows]
            other_asks, other_answers = self.offer_asks, self.offer_answers
        else:
            asks, answers = self.offer_asks[rows], self.offer_answers[rows]
            other_asks, other_answers = self.need_asks, self.need_answers
        both = sparse.hstack([asks, answers]) @ sparse.hstack([other_answers, other_asks]).T
        return (both.toarray() / 2).astype(np.float32)


def overlap_of(needs: sparse.csr_matrix, offers: sparse.csr_matrix) -> WordOverlap:
    """The overlap of texts, or of codes taken as words."""
    return WordOverlap(
        need_asks=asking(needs),
        need_answers=answering(needs, rarity=rarity_of(needs)),
        offer_asks=asking(offers),
        offer_answers=answering(offers, rarity=rarity_of(offers)),
    )


def asking(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    """A question, scaled by its own length so that scores of long and short ones compare."""
    lengths = np.asarray(rows.sum(axis=1)).ravel()
    return (sparse.diags(1 / np.sqrt(np.maximum(lengths, 1))) @ rows).tocsr().astype(np.float32)


def rarity_of(rows: sparse.csr_matrix) -> Floats:
    holders = np.asarray((rows > 0).sum(axis=0)).ravel()
    return np.log1p((rows.shape[0] - holders + 0.5) / (holders + 0.5)).astype(np.float32)


def answering(rows: sparse.csr_matrix, *, rarity: Floats) -> sparse.csr_matrix:
    lengths = np.asarray(rows.sum(axis=1)).ravel()
    usual = lengths.mean() if lengths.size else 1.0
    share = lengths / (usual or 1.0)
    weight = (SATURATION + 1) / (1 + SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * share))
    return (sparse.diags(weight) @ rows @ sparse.diags(rarity)).tocsr().astype(np.float32)


def products(left: sparse.csr_matrix, right: sparse.csr_matrix) -> Floats:
    """Row by row products of two matrices."""
    return np.asarray(left.multiply(right).sum(axis=1), np.float32).ravel()
