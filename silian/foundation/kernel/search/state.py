"""How the search engine of this installation stands, for the examination (检索服务的状况)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Min

from silian.foundation.kernel.models import SearchChange
from silian.foundation.kernel.search.backend import search_backend
from silian.foundation.kernel.search.sphinxql import SphinxqlSearch
from silian.foundation.kernel.search.sphinxql_servers import ServerDown


@dataclass(frozen=True, kw_only=True)
class SearchState:
    """Servers that do not answer, and changes that the engine has still to learn of."""

    servers: int
    silent: tuple[str, ...]
    waiting: int
    oldest: datetime.datetime | None


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
    return SearchState(
        servers=len(servers),
        silent=tuple(silent),
        waiting=SearchChange.objects.count(),
        oldest=oldest,
    )
