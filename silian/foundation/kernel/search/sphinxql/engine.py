"""Search in a cluster that speaks SphinxQL: shards hold the documents, a coordinator asks them all.

A shard that is down costs its part of the answer and a warning; when no server answers, PostgreSQL
does. Neither is an error of the page. See docs/howto/search-cluster.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import structlog

from silian.foundation.kernel.search.documents import SearchDocument
from silian.foundation.kernel.search.errors import IndexUnavailable
from silian.foundation.kernel.search.postgres import PostgresSearch
from silian.foundation.kernel.search.requests import Found, Hit, SearchRequest
from silian.foundation.kernel.search.sphinxql.facets import META, FacetCounter
from silian.foundation.kernel.search.sphinxql.questions import (
    INDEX,
    hits_question,
    kept_sort,
)
from silian.foundation.kernel.search.sphinxql.rows import (
    DOCUMENTS,
    PRUNED_AT_ONCE,
    VALUES,
    facet_values,
    forgetting,
    naming,
    numbers_question,
    replacing,
)
from silian.foundation.kernel.search.sphinxql.servers import Server, ServerDown, servers_at
from silian.foundation.kernel.search.sphinxql.words import bound_number, document_number
from silian.foundation.kernel.search.waiting import unreadable

logger = structlog.get_logger("silian.search")

PARTIAL = "检索服务有一部分暂时没有应答，以下只是部分结果，数量偏少。请稍后再查一次。"
IN_ITS_STEAD = "检索服务暂时没有应答，本次改由数据库查找，可能稍慢。"
MOST_LEFT_OUT = 5_000  # numbers named in a question


class SphinxqlSearch:
    """A cluster of Manticore Search, or of Debian's sphinxsearch."""

    def __init__(self, url: str) -> None:
        self.servers = servers_at(url)
        self._facets = FacetCounter(self.servers)
        self._named: dict[Server, set[int]] = defaultdict(set)

    def index(self, documents: Iterable[SearchDocument]) -> None:
        by_shard: dict[Server, list[SearchDocument]] = defaultdict(list)
        for document in documents:
            by_shard[self._shard(document.subject, document.object_id)].append(document)
        self._each(
            {
                shard: frozenset(Hit(subject=d.subject, object_id=d.object_id) for d in given)
                for shard, given in by_shard.items()
            },
            lambda shard: self._write(shard, by_shard[shard]),
        )

    def delete(self, subject: str, ids: Sequence[int]) -> None:
        by_shard: dict[Server, list[int]] = defaultdict(list)
        for object_id in ids:
            by_shard[self._shard(subject, object_id)].append(object_id)
        self._each(
            {
                shard: frozenset(Hit(subject=subject, object_id=number) for number in given)
                for shard, given in by_shard.items()
            },
            lambda shard: self._forget(shard, subject, by_shard[shard]),
        )

    def search(self, request: SearchRequest) -> Found:
        try:
            return self._answer(request)
        except ServerDown as failure:
            logger.error("search.cluster_down", reason=str(failure))
            found = PostgresSearch().search(request)
            return replace(found, warnings=(*found.warnings, IN_ITS_STEAD))

    def prune(self, subject: str, *, after: int, until: int, keep: Sequence[int]) -> None:
        numbers = (bound_number(subject, after), bound_number(subject, until))
        kept = frozenset(document_number(subject, number) for number in keep)
        self._each(
            {shard: frozenset() for shard in self.servers.shards},
            lambda shard: self._prune(shard, *numbers, kept=kept),
        )

    def clear(self) -> None:
        self._named.clear()
        for shard in self.servers.shards:
            shard.run(f"TRUNCATE RTINDEX {DOCUMENTS}")
            shard.run(f"TRUNCATE RTINDEX {VALUES}")

    def size(self) -> int:
        rows = self.servers.ask(f"SELECT COUNT(*) FROM {INDEX}")[0]
        return int(rows[0][0]) if rows else 0

    def _shard(self, subject: str, object_id: int) -> Server:
        return self.servers.shard_of(document_number(subject, object_id))

    def _each(self, work: dict[Server, frozenset[Hit]], do: Callable[[Server], None]) -> None:
        """Do the work of every shard, and say at the end what those that are down did not take."""
        left: frozenset[Hit] = frozenset()
        reasons = []
        for shard, hits in work.items():
            try:
                do(shard)
            except ServerDown as failure:
                left |= hits
                reasons.append(str(failure))
        if reasons:
            raise IndexUnavailable(left, "; ".join(reasons))

    def _write(self, shard: Server, documents: Sequence[SearchDocument]) -> None:
        values = facet_values(documents)
        unnamed = {key: values[key] for key in values.keys() - self._named[shard]}
        if unnamed:
            shard.run(naming(unnamed))
            self._named[shard] |= unnamed.keys()
        for statement in replacing(documents):
            shard.run(statement)

    def _forget(self, shard: Server, subject: str, ids: Sequence[int]) -> None:
        shard.run(forgetting(document_number(subject, number) for number in ids))

    def _prune(self, shard: Server, low: int, high: int, *, kept: frozenset[int]) -> None:
        while low < high:
            found = [int(row[0]) for row in shard.run(numbers_question(low, high))[0]]
            gone = [number for number in found if number not in kept]
            if gone:
                shard.run(forgetting(gone))
            low = found[-1] if len(found) == PRUNED_AT_ONCE else high

    def _answer(self, request: SearchRequest) -> Found:
        left_out = unreadable(request, most=MOST_LEFT_OUT)
        hidden = [document_number(hit.subject, hit.object_id) for hit in left_out]
        facets, warning = self._facets.count(request, hidden=hidden)
        hits, meta = self.servers.ask(hits_question(request, hidden=hidden), META)
        facts: dict[str, str] = dict(meta)
        warning = facts.get("warning") or warning
        if warning:
            logger.warning("search.partial", reason=warning)
        exact = not warning and len(left_out) < MOST_LEFT_OUT
        return Found(
            hits=[Hit(subject=row[0], object_id=int(row[1])) for row in hits][: request.limit],
            total=int(facts["total_found"]),
            total_is_exact=exact,
            sort=kept_sort(request),
            mode=request.mode,
            facets=facets,
            facets_are_exact=exact,
            warnings=(PARTIAL,) if warning else (),
        )
