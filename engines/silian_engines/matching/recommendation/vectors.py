"""Own vectors, learned from which needs and offers came together (对比学习向量).

A vector is the weighted sum of the vectors of the tokens. Needs and offers have tables of their
own, because schools and enterprises do not use the same words; both begin as the same random
table, so that equal words are near before anything is learned. In each batch every pair must find
its partner among all partners of the batch; those who come often are discounted (Yi et al. 2019).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from scipy import sparse

from silian_engines.matching.recommendation.encoding import Floats, Ints, Library
from silian_engines.matching.recommendation.history import Decisions

DIMENSIONS = 64
TEMPERATURE = 0.12
BATCH = 512
MOST_STEPS = 900
PASSES = 6
WISH_BATCH, WISH_GAIN = 1024, 4.0
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
        learners = Tower(table=tables[0]), Tower(table=tables[1])
        steps = min(MOST_STEPS, PASSES * needs.size // batch)
        for step in range(steps):
            chosen = rng.integers(needs.size, size=batch)
            ids = needs[chosen], offers[chosen]
            logs = [log[i] for log, i in zip(chance, ids, strict=True)]
            move(learners, (rows[0][ids[0]], rows[1][ids[1]]), ids, logs, 1 - step / steps)
    return TokenVectors(weight=weight, needs=tables[0], offers=tables[1])


def wish_vectors(
    library: Library, start: TokenVectors, decisions: Decisions, *, rng: np.random.Generator
) -> TokenVectors:
    """Vectors of what people want once they see it, whatever it was that let them see it."""
    towers = Tower(table=start.needs.copy()), Tower(table=start.offers.copy())
    rows = [weighted(s.tokens, start.weight) for s in (library.needs, library.offers)]
    kinds = int(decisions.kind.max(initial=0)) + 1
    level = np.zeros(kinds, np.float32)
    gain = np.full(1, WISH_GAIN, np.float32)
    levels, gains = Adam(table=level), Adam(table=gain)
    steps = min(MOST_STEPS, PASSES * len(decisions) // WISH_BATCH)
    for step in range(steps):
        at = rng.integers(len(decisions), size=WISH_BATCH)
        pair = rows[0][decisions.needs[at]], rows[1][decisions.offers[at]]
        left, right = towers[0].of(pair[0]), towers[1].of(pair[1])
        near = (left.unit * right.unit).sum(axis=1)
        said = 1 / (1 + np.exp(-(gain[0] * near + level[decisions.kind[at]])))
        pull = ((said - decisions.yes[at]) / at.size).astype(np.float32)
        pace = 1 - step / steps
        towers[0].learn(pair[0], left, pull[:, None] * gain[0] * right.unit, pace=pace)
        towers[1].learn(pair[1], right, pull[:, None] * gain[0] * left.unit, pace=pace)
        levels.step(
            np.bincount(decisions.kind[at], pull, minlength=kinds).astype(np.float32), pace=pace
        )
        gains.step(np.array([(pull * near).sum()], np.float32), pace=pace)
    return TokenVectors(weight=start.weight, needs=towers[0].table, offers=towers[1].table)


def often(who: Ints, size: int) -> Floats:
    """How often each stands among the pairs, as the logarithm of a share."""
    counts = np.maximum(np.bincount(who, minlength=size), 1)
    return np.log(counts / max(who.size, 1)).astype(np.float32)


def move(
    learners: tuple[Tower, Tower],
    rows: tuple[sparse.csr_matrix, sparse.csr_matrix],
    ids: tuple[Ints, Ints],
    logs: list[Floats],
    pace: float,
) -> None:
    """One step: every need finds its offer, and every offer its need."""
    left, right = (learner.of(row) for learner, row in zip(learners, rows, strict=True))
    near = left.unit @ right.unit.T / TEMPERATURE
    pull = blame(near - logs[1], ids[1]) + blame(near.T - logs[0], ids[0]).T
    pull /= TEMPERATURE
    slopes = np.asarray(pull @ right.unit, np.float32), np.asarray(pull.T @ left.unit, np.float32)
    learners[0].learn(rows[0], left, slopes[0], pace=pace)
    learners[1].learn(rows[1], right, slopes[1], pace=pace)


def blame(logits: Floats, ids: Ints) -> Floats:
    """The slope of the loss when each row should choose its own column, not its doubles."""
    same = ids[:, None] == ids[None, :]
    np.fill_diagonal(same, False)
    logits[same] = -np.inf
    share = np.exp(logits - logits.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    share[np.diag_indices_from(share)] -= 1
    return share / np.float32(2 * ids.size)


class Rows(NamedTuple):
    """Vectors of rows, of length 1, and how long they were."""

    unit: Floats
    length: Floats


@dataclass(kw_only=True)
class Tower:
    """A table of token vectors that learns from slopes of the vectors of rows."""

    table: Floats

    def __post_init__(self) -> None:
        self.learner = Adam(table=self.table)

    def of(self, rows: sparse.csr_matrix) -> Rows:
        raw = rows @ self.table
        length = np.linalg.norm(raw, axis=1, keepdims=True) + np.float32(1e-6)
        return Rows(raw / length, length)

    def learn(self, rows: sparse.csr_matrix, at: Rows, slope: Floats, *, pace: float) -> None:
        across = slope - at.unit * (slope * at.unit).sum(axis=1, keepdims=True)
        self.learner.step(np.asarray(rows.T @ (across / at.length)), pace=pace)


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
