"""Rows that hold the words, as a table: which obey the filters, how they are ordered and counted.

All facets are counted from the same rows. A row that fails two filters counts nowhere; one that
fails a single filter counts for that filter's own facet only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from silian.foundation.kernel.search.records import (
    CODED,
    NO_START,
    Numbers,
    Records,
    day_number,
    holding,
    in_fen,
    in_order,
    in_seconds,
)
from silian.foundation.kernel.search.requests import SearchRequest, Sort
from silian.foundation.kernel.search.values import ValueBook

IN_TITLE, IN_NAMES = 4.0, 2.0  # beside 1 for standing in the text


def record_filters(request: SearchRequest) -> dict[str, tuple[str, ...]]:
    """The filters of a request that records can tell, with the subjects among them."""
    named = dict(request.filters)
    if request.subjects:
        named["subject"] = request.subjects
    return {name: values for name, values in named.items() if name in CODED and values}


def counted_filters(request: SearchRequest) -> list[str]:
    """The filters in force whose own facet is asked for, so that they may fail alone."""
    return [name for name in record_filters(request) if name in request.facets]


class Matches:
    """The records of everything that may answer a request."""

    def __init__(self, records: Records, *, request: SearchRequest, book: ValueBook) -> None:
        self.request, self.book = request, book
        self.given = record_filters(request)
        apart = set(counted_filters(request))
        mask = self._within_bounds(records)
        for name in self.given.keys() - apart:
            mask &= self._obeys(records, name)
        self.records = records[mask]
        self.failures = {name: ~self._obeys(self.records, name) for name in apart}
        self.failed = np.zeros(len(self.records), dtype=np.uint8)
        for failure in self.failures.values():
            self.failed += failure

    def _obeys(self, records: Records, name: str) -> NDArray[np.bool_]:
        table = self.book.chosen(name, self.given[name])
        codes = records[name]
        return table[np.where(codes < len(table), codes, 0)]

    def _within_bounds(self, records: Records) -> NDArray[np.bool_]:
        request = self.request
        mask = np.ones(len(records), dtype=bool)
        if request.pay_at_least is not None:
            mask &= records["pay"] >= in_fen(request.pay_at_least)
        if request.starts_by is not None:
            day, starts = day_number(request.starts_by), records["starts"]
            mask &= (starts == NO_START) | (starts <= day)
        if request.published_since is not None:
            mask &= records["published"] >= in_seconds(request.published_since)
        if request.published_until is not None:
            mask &= records["published"] < in_seconds(request.published_until)
        return mask

    @property
    def hits(self) -> Records:
        """The rows that obey every filter."""
        return self.records[self.failed == 0]

    def facets(self, names: Sequence[str], *, scale: int = 1) -> dict[str, dict[str, int]]:
        """How many rows each value would give, each facet ignoring its own filter."""
        whole = self.hits
        counts = {}
        for name in names:
            rows = whole
            if name in self.failures:
                rows = self.records[self.failed == self.failures[name]]
            counts[name] = self.book.counted(name, rows[name], scale=scale)
        return counts


def ordered(
    hits: Records,
    *,
    sort: Sort,
    most: int,
    words: Sequence[str] = (),
    rarity: Callable[[str], float] = lambda word: 1.0,
) -> Records:
    """The best ``most`` of the hits, best first; of equals the newest first."""
    keys: list[Numbers] = [hits["published"], hits["object_id"]]
    if sort is Sort.PRICE:
        keys = [hits["pay"], *keys]
    elif sort is Sort.STARTS:
        keys = [-hits["starts"].astype(np.int64), *keys]
    elif sort is Sort.RELEVANCE:
        keys = [likeness(hits, words=words, rarity=rarity), *keys]
    return hits[in_order(keys, most=most)]


def likeness(
    hits: Records, *, words: Sequence[str], rarity: Callable[[str], float]
) -> NDArray[np.float64]:
    """How well each hit answers the words, from where they stand; rare words say more."""
    score = np.zeros(len(hits))
    for word in words:
        weight = rarity(word)
        score += weight * IN_TITLE * holding(hits["title"], word)
        score += weight * IN_NAMES * holding(hits["names"], word)
    return score


def names_of_subjects(hits: Records, *, book: ValueBook) -> list[str]:
    """The subject of each hit."""
    return [book.value_at("subject", int(code)) for code in hits["subject"]]
