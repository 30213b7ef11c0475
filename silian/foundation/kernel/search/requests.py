"""What is asked of a search engine and what it answers (检索提问与结果)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum

FACETS = (
    "subject",
    "kind",
    "side",
    "division",
    "chain",
    "industry",
    "occupation",
    "level",
    "verified",
)
VISIBILITY = "visibility"


class Sort(Enum):
    """The orders of a result (排序)."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    PRICE = "price"
    STARTS = "starts"


class Mode(Enum):
    """Whether every word must be there, or seven tenths of them (全部词、多数词)."""

    ALL = "all"
    MOST = "most"


@dataclass(frozen=True, kw_only=True)
class SearchRequest:
    """One question. A filter names values of which one must hold; all filters must hold.

    ``visibility`` in ``filters`` is what the actor may read; nothing else counts or is shown.
    ``facets`` names the filters to count; a facet ignores its own filter and obeys the others.
    A value of a tree (``division``, ``industry``, ``occupation``) holds everything below it.
    """

    words: tuple[str, ...] = ()
    mode: Mode = Mode.ALL
    subjects: tuple[str, ...] = ()
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    pay_at_least: Decimal | None = None
    starts_by: datetime.date | None = None
    published_since: datetime.datetime | None = None
    published_until: datetime.datetime | None = None
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()

    def without(self, name: str) -> SearchRequest:
        """The same question without one filter."""
        if name == "subject":
            return replace(self, subjects=())
        return replace(self, filters=tuple(item for item in self.filters if item[0] != name))

    def values_of(self, name: str) -> tuple[str, ...]:
        """The values that one filter lets through; empty means all."""
        if name == "subject":
            return self.subjects
        return next((values for given, values in self.filters if given == name), ())


@dataclass(frozen=True, kw_only=True, order=True)
class Hit:
    """One thing that was found: what it is and which."""

    subject: str
    object_id: int


@dataclass(frozen=True, kw_only=True)
class Found:
    """The hits in order, and how many there are of what.

    ``sort`` is the order that was kept, which may differ from the one asked. Beyond its cap an
    engine estimates: ``total_is_exact`` and ``facets_are_exact`` say so. ``warnings`` are sentences
    for the reader, e.g. that a part of a cluster did not answer.
    """

    hits: list[Hit]
    total: int
    total_is_exact: bool
    sort: Sort
    mode: Mode = Mode.ALL
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    facets_are_exact: bool = True
    warnings: tuple[str, ...] = ()

    def ids_of(self, subject: str) -> list[int]:
        """The numbers of one subject's hits, in order."""
        return [hit.object_id for hit in self.hits if hit.subject == subject]
