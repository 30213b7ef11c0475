"""Learning to rank: in each list the partner that came must stand before the rest (学习排序).

One hidden layer, softmax over the list, in numpy. With no hidden layer it is a linear score.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from silian_engines.matching.recommendation.encoding import Floats
from silian_engines.matching.recommendation.vectors import Adam

HIDDEN = 32
BATCH_OF_LISTS = 256
PASSES = 12
RATE = 0.01
CHUNK = 200_000
FARTHEST = 6.0
WEIGHT_DECAY = 5e-3


@dataclass(kw_only=True)
class Scorer:
    """A straight line and, if it has bends, a hidden layer beside it."""

    mean: Floats
    scale: Floats
    line: Floats
    bends: Floats
    offsets: Floats
    out: Floats

    def __call__(self, features: Floats) -> Floats:
        """The score of each row; many rows at once are taken in pieces."""
        flat = features.reshape(-1, features.shape[-1])
        parts = [self.score(flat[at : at + CHUNK]) for at in range(0, flat.shape[0], CHUNK)]
        scores = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        return scores.reshape(features.shape[:-1])

    def score(self, rows: Floats) -> Floats:
        rows = self.scaled(rows)
        hidden = np.maximum(rows @ self.bends + self.offsets, 0)
        return np.asarray(rows @ self.line + hidden @ self.out, np.float32)

    def scaled(self, rows: Floats) -> Floats:
        """On the scale of what was learned from, and not far beyond it."""
        return np.clip((rows - self.mean) / self.scale, -FARTHEST, FARTHEST)


def blank_scorer(width: int, *, hidden: int, rng: np.random.Generator) -> Scorer:
    start = rng.standard_normal((width, hidden)) / np.sqrt(width)
    return Scorer(
        mean=np.zeros(width, np.float32),
        scale=np.ones(width, np.float32),
        line=np.zeros(width, np.float32),
        bends=start.astype(np.float32),
        offsets=np.zeros(hidden, np.float32),
        out=(rng.standard_normal(hidden) * 0.1).astype(np.float32),
    )


def trained_scorer(lists: Floats, *, rng: np.random.Generator, hidden: int = HIDDEN) -> Scorer:
    """A scorer for lists (list, place, feature) whose first place is the partner that came."""
    width = lists.shape[2]
    scorer = blank_scorer(width, hidden=hidden, rng=rng)
    flat = lists.reshape(-1, width)
    scorer.mean = flat.mean(axis=0, dtype=np.float64).astype(np.float32)
    scorer.scale = (flat.std(axis=0, dtype=np.float64) + 1e-3).astype(np.float32)
    tables = (scorer.line, scorer.bends, scorer.offsets, scorer.out)
    learners = [Adam(table=table, rate=RATE) for table in tables]
    batch = min(BATCH_OF_LISTS, lists.shape[0])
    steps = PASSES * -(-lists.shape[0] // batch)
    for step in range(steps):
        chosen = rng.integers(lists.shape[0], size=batch)
        slopes = slopes_of(scorer, scorer.scaled(lists[chosen]))
        for learner, slope in zip(learners, slopes, strict=True):
            learner.step(slope + WEIGHT_DECAY * learner.table, pace=1 - step / steps)
    return scorer


def slopes_of(scorer: Scorer, rows: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """How the loss moves with the line, the bends, their offsets and their weights."""
    flat = rows.reshape(-1, rows.shape[2])
    raw = flat @ scorer.bends + scorer.offsets
    hidden = np.maximum(raw, 0)
    scores = (flat @ scorer.line + hidden @ scorer.out).reshape(rows.shape[:2])
    share = np.exp(scores - scores.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    share[:, 0] -= 1
    pull = (share / rows.shape[0]).astype(np.float32).ravel()
    back = (pull[:, None] * scorer.out) * (raw > 0)
    return flat.T @ pull, flat.T @ back, back.sum(axis=0), hidden.T @ pull
