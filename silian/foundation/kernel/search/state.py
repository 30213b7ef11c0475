"""How the search engine of this installation stands, for the examination (检索服务的状况)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Min

from silian.foundation.kernel.models import SearchChange
from silian.foundation.kernel.search.backend import SearchBackend, search_backend
from silian.foundation.kernel.search.postgres import PostgresSearch
from silian.foundation.kernel.search.sphinxql.engine import SphinxqlSearch
from silian.foundation.kernel.search.sphinxql.servers import ServerDown


@dataclass(frozen=True, kw_only=True)
class SearchState:
    """Servers that do not answer, changes that wait, and documents too many or too few."""

    servers: int
    silent: tuple[str, ...]
    waiting: int
    oldest: datetime.datetime | None
    astray: int = 0


def search_state() -> SearchState:
    """The state now; inside PostgreSQL there is nothing to be silent."""
    backend = search_backend()
    servers = []
    if isinstance(backend, SphinxqlSearch):
        servers = [*backend.servers.coordinators, *backend.servers.shards]
    silent = []
    for server in servers:
        try:
            server.run("SHOW TABLES")
        except ServerDown:
            silent.append(str(server))
    oldest = SearchChange.objects.aggregate(at=Min("changed_at"))["at"]
    waiting = SearchChange.objects.count()
    return SearchState(
        servers=len(servers),
        silent=tuple(silent),
        waiting=waiting,
        oldest=oldest,
        astray=astray_documents(backend, waiting=waiting) if servers and not silent else 0,
    )


def astray_documents(backend: SearchBackend, *, waiting: int) -> int:
    """By how many documents a cluster differs from PostgreSQL, beyond what is on its way."""
    return max(0, abs(backend.size() - PostgresSearch().size()) - waiting)
