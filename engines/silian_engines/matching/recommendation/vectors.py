"""Own vectors, learned from which needs and offers came together (对比学习向量).

A vector is the weighted sum of the vectors of the tokens. Needs and offers have tables of their
own, because schools and enterprises do not use the same words; both begin as the same random
table, so that equal words are near before anything is learned. In each batch every pair must find
its partner among all partners of the batch; those who come often are discounted (Yi et al. 2019).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from silian_engines.matching.recommendation.encoding import Floats, Ints, Library

DIMENSIONS = 64
TEMPERATURE = 0.12
BATCH = 512
MOST_STEPS = 900
PASSES = 6
RATE = 0.02
DECAY = 0.9, 0.999  # of the means in Adam


@dataclass(frozen=True, kw_only=True)
class TokenVectors:
    """A vector for each token and its weight, for needs and for offers."""

    weight: Floats
    needs: Floats
    offers: Floats

    def of_needs(self, tokens: sparse.csr_matrix) -> Floats:
        return unit(weighted(tokens, self.weight) @ self.needs)

    def of_offers(self, tokens: sparse.csr_matrix) -> Floats:
        return unit(weighted(tokens, self.weight) @ self.offers)


def trained_vectors(
    library: Library, *, needs: Ints, offers: Ints, rng: np.random.Generator
) -> TokenVectors:
    """Vectors that bring the given pairs together; without pairs, the words alone."""
    left, right = library.needs.tokens, library.offers.tokens
    weight = rarity(left, right)
    table = rng.standard_normal((weight.size, DIMENSIONS)).astype(np.float32)
    tables = [table, table.copy()]
    rows = weighted(left, weight), weighted(right, weight)
    sizes = left.shape[0], right.shape[0]
    chance = [often(who, size) for who, size in zip((needs, offers), sizes, strict=True)]
    batch = min(BATCH, needs.size // 4)
    if batch >= 2:
        learners = [Adam(table=each) for each in tables]
        steps = min(MOST_STEPS, PASSES * needs.size // batch)
        for step in range(steps):
            chosen = rng.integers(needs.size, size=batch)
            ids = needs[chosen], offers[chosen]
            logs = [log[i] for log, i in zip(chance, ids, strict=True)]
            move(learners, (rows[0][ids[0]], rows[1][ids[1]]), ids, logs, 1 - step / steps)
    return TokenVectors(weight=weight, needs=tables[0], offers=tables[1])


def often(who: Ints, size: int) -> Floats:
    """How often each stands among the pairs, as the logarithm of a share."""
    counts = np.maximum(np.bincount(who, minlength=size), 1)
    return np.log(counts / max(who.size, 1)).astype(np.float32)


def move(
    learners: list[Adam],
    rows: tuple[sparse.csr_matrix, sparse.csr_matrix],
    ids: tuple[Ints, Ints],
    logs: list[Floats],
    pace: float,
) -> None:
    """One step: every need finds its offer, and every offer its need."""
    raw = [row @ learner.table for row, learner in zip(rows, learners, strict=True)]
    lengths = [np.linalg.norm(each, axis=1, keepdims=True) + 1e-6 for each in raw]
    left, right = (each / length for each, length in zip(raw, lengths, strict=True))
    near = left @ right.T / TEMPERATURE
    pull = blame(near - logs[1], ids[1]) + blame(near.T - logs[0], ids[0]).T
    slopes = pull @ right / TEMPERATURE, pull.T @ left / TEMPERATURE
    for at, unit_rows in enumerate((left, right)):
        slope = slopes[at] - unit_rows * (slopes[at] * unit_rows).sum(axis=1, keepdims=True)
        learners[at].step(np.asarray(rows[at].T @ (slope / lengths[at])), pace=pace)


def blame(logits: Floats, ids: Ints) -> Floats:
    """The slope of the loss when each row should choose its own column, not its doubles."""
    same = ids[:, None] == ids[None, :]
    np.fill_diagonal(same, False)
    logits[same] = -np.inf
    share = np.exp(logits - logits.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    share[np.diag_indices_from(share)] -= 1
    return share / np.float32(2 * ids.size)


@dataclass(kw_only=True)
class Adam:
    """Steps of a size that each number earns for itself (Kingma and Ba 2015)."""

    table: Floats
    rate: float = RATE
    steps: int = 0
    mean: Floats = field(init=False)
    square: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.mean, self.square = np.zeros_like(self.table), np.zeros_like(self.table)

    def step(self, slope: Floats, *, pace: float = 1.0) -> None:
        self.steps += 1
        self.mean += (1 - DECAY[0]) * (slope - self.mean)
        self.square += (1 - DECAY[1]) * (slope * slope - self.square)
        level = np.sqrt(1 - DECAY[1] ** self.steps) / (1 - DECAY[0] ** self.steps)
        rate = np.float32(self.rate * pace * level)
        self.table -= rate * self.mean / (np.sqrt(self.square) + np.float32(1e-8))


def rarity(left: sparse.csr_matrix, right: sparse.csr_matrix) -> Floats:
    holders = np.asarray(left.sum(axis=0)).ravel() + np.asarray(right.sum(axis=0)).ravel()
    return np.log1p((left.shape[0] + right.shape[0]) / (holders + 1)).astype(np.float32)


def weighted(tokens: sparse.csr_matrix, weight: Floats) -> sparse.csr_matrix:
    """Rows of tokens by rarity, each of length 1."""
    rows = (tokens @ sparse.diags(weight)).tocsr()
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return (sparse.diags(1 / np.maximum(length, 1e-6)) @ rows).tocsr().astype(np.float32)


def unit(rows: Floats) -> Floats:
    return (rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6)).astype(np.float32)
