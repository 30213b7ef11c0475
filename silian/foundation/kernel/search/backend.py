"""The search engine behind one interface, chosen by the setting SEARCH_URL (检索后端)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Protocol

from django.conf import settings

from silian.foundation.kernel.search.documents import SearchDocument
from silian.foundation.kernel.search.requests import Found, SearchRequest

POSTGRES = "postgres:"
SPHINXQL = "sphinxql://"


class SearchBackend(Protocol):
    """Finds numbers; text and permissions are always read again from PostgreSQL."""

    def index(self, documents: Iterable[SearchDocument]) -> None:
        """Make these documents findable as they stand, replacing what stood there."""

    def delete(self, subject: str, ids: Sequence[int]) -> None:
        """Forget these rows; unknown ones are no error."""

    def search(self, request: SearchRequest) -> Found:
        """The hits, best first, and the counts of the facets, in one call."""

    def prune(self, subject: str, *, after: int, until: int, keep: Sequence[int]) -> None:
        """Forget rows numbered in ``(after, until]`` but those to keep; rebuilding asks this."""

    def clear(self) -> None:
        """Forget everything."""

    def size(self) -> int:
        """How many documents can be found."""


@cache
def backend_at(url: str) -> SearchBackend:
    """The backend at an address: ``postgres:`` or ``sphinxql://host:port[,host:port]``."""
    if url.startswith(SPHINXQL):
        from silian.foundation.kernel.search.sphinxql.engine import SphinxqlSearch

        return SphinxqlSearch(url)
    if url and not url.startswith(POSTGRES):
        raise ValueError(f"SEARCH_URL {url!r} names no search engine that is known here")
    from silian.foundation.kernel.search.postgres import PostgresSearch

    return PostgresSearch()


def search_backend() -> SearchBackend:
    """The backend of this installation."""
    return backend_at(settings.SEARCH_URL)
