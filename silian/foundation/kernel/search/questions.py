"""A request as PostgreSQL is asked it: lexemes, and how many rows will answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod

from silian.foundation.kernel.search.frequencies import Frequencies
from silian.foundation.kernel.search.lexemes import (
    both,
    filter_lexeme,
    filter_query,
    word_query,
    word_ways,
)
from silian.foundation.kernel.search.matches import counted_filters, record_filters
from silian.foundation.kernel.search.requests import VISIBILITY, Mode, SearchRequest, Sort

FEW_ROWS = 8_000  # rows that are read sooner than a filter is looked up in the index
BROAD = 0.5  # a filter that lets half of all rows through narrows nothing


@dataclass(frozen=True, kw_only=True)
class Question:
    """A request, and what is known of its words and filters.

    ``alone`` are the filters that may fail alone because their own facet is counted; ``always``
    those that must hold for every row that counts.
    """

    request: SearchRequest
    known: Frequencies
    ways: Sequence[Sequence[str]]
    alone: Sequence[Sequence[str]]
    always: Sequence[Sequence[str]]
    unrecorded: Sequence[Sequence[str]]

    @classmethod
    def of(cls, request: SearchRequest, *, known: Frequencies) -> Question:
        recorded, apart = record_filters(request), counted_filters(request)
        groups = {name: lexemes_of(name, values) for name, values in recorded.items()}
        return cls(
            request=request,
            known=known,
            ways=word_ways(request.words, forgiving=request.mode is Mode.MOST),
            alone=[groups[name] for name in apart],
            always=[groups[name] for name in groups if name not in apart and name != VISIBILITY],
            unrecorded=[
                lexemes_of(name, values) for name, values in request.filters
                if values and name not in recorded
            ],
        )  # fmt: skip

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for way in self.ways for word in way))

    @property
    def word_query(self) -> str:
        return word_query(words=self.request.words, forgiving=self.request.mode is Mode.MOST)

    @property
    def sort(self) -> Sort:
        """Without words nothing is likelier than another."""
        if self.request.sort is Sort.RELEVANCE and not self.ways:
            return Sort.NEWEST
        return self.request.sort

    @property
    def worded(self) -> float:
        """Rows that hold the words and what only the index knows."""
        return self.known.rows * self.known.share_of_words(self.ways) * self._share(self.unrecorded)

    @property
    def expected(self) -> float:
        """Rows that count somewhere: hits, and rows that fail one counted filter alone."""
        if self.worded <= FEW_ROWS:
            return self.worded
        return self.worded * self._share(self.always) * self._share_with_one_failure()

    @property
    def whole(self) -> str:
        """The lexemes of every row that counts somewhere."""
        if self.worded <= FEW_ROWS:
            return both(self.word_query, filter_query(self.unrecorded))
        return both(
            self.word_query,
            filter_query([*self.unrecorded, *self._narrowing(self.always)]),
            self._one_failure_at_most(),
        )

    @property
    def every_filter(self) -> str:
        """The lexemes of every hit."""
        filters = [*self.unrecorded, *self._narrowing(self.always), *self._narrowing(self.alone)]
        return both(self.word_query, filter_query(filters))

    def within(self, sample: Sequence[str]) -> str:
        """The same as ``whole``, within a sample of all rows."""
        return both(self.whole, filter_query([sample] if sample else []))

    def _share(self, groups: Sequence[Sequence[str]]) -> float:
        return prod(self.known.share_of_any(group) for group in groups)

    def _share_with_one_failure(self) -> float:
        if len(self.alone) < 2:
            return 1.0
        shares = [self.known.share_of_any(group) for group in self.alone]
        ways = combinations(shares, len(shares) - 1)
        return min(1.0, sum(prod(way) for way in ways))

    def _one_failure_at_most(self) -> str:
        if len(self.alone) < 2:
            return ""
        ways = [filter_query(way) for way in combinations(self.alone, len(self.alone) - 1)]
        return " | ".join(f"({way})" for way in ways)

    def _narrowing(self, groups: Sequence[Sequence[str]]) -> list[Sequence[str]]:
        return [group for group in groups if self.known.share_of_any(group) < BROAD]


def lexemes_of(name: str, values: Sequence[str]) -> list[str]:
    return [filter_lexeme(name, value) for value in values]
