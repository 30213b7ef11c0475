"""Trades with the words people use for them, from our own vocabulary (行当与用词)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from silian_engines.matching.segmentation import VOCABULARY, index_tokens

FAMILY = 3  # digits of the occupation code that make a family (中类)
LEAST_WORDS = 4


@dataclass(frozen=True, kw_only=True)
class Trade:
    """An occupation and its words."""

    occupation: str
    words: tuple[str, ...]

    @property
    def family(self) -> str:
        return self.occupation[:FAMILY]


@lru_cache(maxsize=1)
def all_trades() -> tuple[Trade, ...]:
    """Every occupation of the vocabulary that has enough words."""
    found = []
    for path in sorted(VOCABULARY.glob("trade_titles_*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            code, _, titles = line.partition(" ")
            if code.isdigit() and len(words := index_tokens(titles)) >= LEAST_WORDS:
                found.append(Trade(occupation=code, words=words))
    return tuple(sorted(found, key=lambda trade: trade.occupation))


def chosen_trades(count: int, *, rng: np.random.Generator) -> list[Trade]:
    """Some of the trades, in the order of their codes."""
    trades = all_trades()
    chosen = rng.choice(len(trades), size=min(count, len(trades)), replace=False)
    return [trades[at] for at in np.sort(chosen)]


@lru_cache(maxsize=1)
def skill_words() -> tuple[str, ...]:
    """Terms of skills and equipment that many trades share."""
    return words_of("domain_terms.txt")


@lru_cache(maxsize=1)
def noise_words() -> tuple[str, ...]:
    """Words that anybody writes and that tell nothing."""
    return words_of("title_noise.txt")


def words_of(name: str) -> tuple[str, ...]:
    lines = (VOCABULARY / name).read_text(encoding="utf-8").splitlines()
    return index_tokens(" ".join(line for line in lines if not line.startswith("#")))
