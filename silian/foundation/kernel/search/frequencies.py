"""How many rows hold a lexeme, as PostgreSQL's own statistics know it (词频估计)."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log, prod

from django.db import connection

KEPT_SECONDS = 300  # ANALYZE does not run more often than that on a table of this size
MOST_COMMON = """
SELECT greatest(relation.reltuples, 0)::bigint, statistic.most_common_elems::text::text[],
  statistic.most_common_elem_freqs
FROM pg_class relation LEFT JOIN pg_stats statistic
  ON statistic.schemaname = current_schema() AND statistic.tablename = relation.relname
  AND statistic.attname = 'vector'
WHERE relation.oid = 'kernel_searchentry'::regclass
"""


@dataclass(frozen=True, kw_only=True)
class Frequencies:
    """Shares of the rows; a lexeme that is not among the common ones counts as the rarest."""

    rows: int = 0
    shares: dict[str, float] = field(default_factory=dict)

    @cached_property
    def rarest(self) -> float:
        return min(self.shares.values(), default=0.001) / 2

    def share(self, lexeme: str) -> float:
        return self.shares.get(lexeme, self.rarest)

    def share_of_any(self, lexemes: Iterable[str]) -> float:
        return min(1.0, sum(map(self.share, lexemes)))

    def share_of_words(self, ways: Sequence[Sequence[str]]) -> float:
        """The share that holds one of the sets of words whole."""
        if not ways:
            return 1.0
        return min(1.0, sum(map(self.share_of_all, ways)))

    def share_of_all(self, words: Sequence[str]) -> float:
        """Words of one text go together, so each further word narrows less than the one before."""
        rarest_first = sorted(map(self.share, words))
        return prod(share**0.5**place for place, share in enumerate(rarest_first))

    def rarity(self, word: str) -> float:
        """How much it says that a row holds the word: the rarer, the more."""
        return log(1 + 1 / max(self.share(word), 1e-7))


_kept: tuple[float, Frequencies] = (float("-inf"), Frequencies())


def frequencies() -> Frequencies:
    """The statistics as they stood a few minutes ago at most."""
    global _kept  # one value for the process, replaced whole
    read_at, known = _kept
    if time.monotonic() - read_at > KEPT_SECONDS:
        known = read_frequencies()
        _kept = (time.monotonic(), known)
    return known


def read_frequencies() -> Frequencies:
    with connection.cursor() as cursor:
        cursor.execute(MOST_COMMON)
        rows, lexemes, shares = cursor.fetchone()
    return Frequencies(rows=rows, shares=dict(zip(lexemes or [], shares or [], strict=False)))
