"""What is asked of a search engine and what it answers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum


class Sort(Enum):
    """The orders of a result (排序)."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    PRICE = "price"
    STARTS = "starts"


@dataclass(frozen=True, kw_only=True)
class SearchRequest:
    """Words and filters. A filter is a group of lexemes of which one must hold."""

    words: tuple[str, ...] = ()
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    price_at_least: Decimal | None = None
    starts_by: datetime.date | None = None
    published_since: datetime.datetime | None = None
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    forgiving: bool = False

    def without(self, name: str) -> SearchRequest:
        """The same question without one filter, for counting that filter's other values."""
        return replace(self, filters=tuple(item for item in self.filters if item[0] != name))


@dataclass(frozen=True, kw_only=True)
class Found:
    """Ids in order, and the total, which is exact only below the cap."""

    ids: list[int]
    total: int
    total_is_exact: bool
    sort: Sort
    forgiving: bool = False
