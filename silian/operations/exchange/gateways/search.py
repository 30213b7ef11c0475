"""The search engine behind one interface: what may be asked of it, whoever answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from silian.operations.exchange.gateways.postgres_search import PostgresSearch
from silian.operations.exchange.gateways.search_terms import Found, SearchRequest


class SearchBackend(Protocol):
    """Finds ids; text and permissions are always read again from PostgreSQL."""

    def index(self, *, listing_ids: Sequence[int]) -> None:
        """Make these published listings findable as they stand now."""

    def delete(self, *, listing_ids: Sequence[int]) -> None:
        """Forget these listings."""

    def search(self, request: SearchRequest) -> Found:
        """The ids that match, best first, and how many there are."""

    def facet(self, request: SearchRequest, *, column: str) -> dict[str, int]:
        """How many matches carry each value of ``column``; capped like the total."""


@cache
def search_backend() -> SearchBackend:
    """The backend of this installation."""
    return PostgresSearch()
