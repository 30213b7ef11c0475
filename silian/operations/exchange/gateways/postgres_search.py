"""Search inside PostgreSQL: a GIN index over our own tokens, filters as lexemes.

Ranking looks at the first ``RANKED`` matches only, because ranking all of them costs seconds on
broad questions; above that the result is ordered by date and says so. Totals are exact up to
``COUNTED``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from psycopg import sql

from silian.operations.exchange.gateways.search_documents import documents_of
from silian.operations.exchange.gateways.search_terms import Found, SearchRequest, Sort
from silian.operations.exchange.models.search_entry import SearchEntry
from silian.operations.exchange.rules.lexemes import both, filter_query, vector_literal, word_query

RANKED = 1_000
COUNTED = 20_000
BATCH = 500
FACET_COLUMNS = {"kind", "side", "division_code", "industry_chain"}
ORDERS = {
    Sort.NEWEST: "published_at DESC, listing_id DESC",
    Sort.PRICE: "price_max DESC NULLS LAST, published_at DESC, listing_id DESC",
    Sort.STARTS: "starts_on ASC NULLS LAST, published_at DESC, listing_id DESC",
}
# the share lock lets a listing that is being paused right now be paused first, and stay out
WRITE_ENTRIES = """
INSERT INTO exchange_searchentry (listing_id, vector, kind, side, division_code, industry_chain,
  price_max, starts_on, published_at)
SELECT listing.id, fresh.vector::tsvector, listing.kind, listing.side, listing.division_id,
  listing.industry_chain, listing.price_max, listing.starts_on, listing.published_at
FROM unnest(%s::bigint[], %s::text[]) AS fresh(id, vector)
JOIN exchange_listing listing ON listing.id = fresh.id AND listing.state = 'published'
FOR SHARE OF listing
ON CONFLICT (listing_id) DO UPDATE SET vector = excluded.vector, kind = excluded.kind,
  side = excluded.side, division_code = excluded.division_code,
  industry_chain = excluded.industry_chain, price_max = excluded.price_max,
  starts_on = excluded.starts_on, published_at = excluded.published_at
"""


class PostgresSearch:
    """The default backend: visible at commit, nothing besides the database to run."""

    def index(self, *, listing_ids: Sequence[int]) -> None:
        for start in range(0, len(listing_ids), BATCH):
            self._index_batch(listing_ids[start : start + BATCH])

    def _index_batch(self, listing_ids: Sequence[int]) -> None:
        pairs = [
            (
                document.listing_id,
                vector_literal(
                    title=document.title,
                    names=document.names,
                    body=document.body,
                    filters=document.filters,
                ),
            )
            for document in documents_of(listing_ids)
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                WRITE_ENTRIES,
                [[pair[0] for pair in pairs], [pair[1] for pair in pairs]],
            )

    def delete(self, *, listing_ids: Sequence[int]) -> None:
        SearchEntry.objects.filter(pk__in=list(listing_ids)).delete()

    def search(self, request: SearchRequest) -> Found:
        where, values = self._where(request)
        total = self._count(where, values)
        ranked = request.sort is Sort.RELEVANCE and bool(request.words) and total <= RANKED
        sort = request.sort if ranked or request.sort is not Sort.RELEVANCE else Sort.NEWEST
        ids = (
            self._ranked(request, where, values)
            if ranked
            else self._sorted(request, sort, where, values)
        )
        return Found(
            ids=ids,
            total=min(total, COUNTED),
            total_is_exact=total <= COUNTED,
            sort=sort,
            forgiving=request.forgiving,
        )

    def facet(self, request: SearchRequest, *, column: str) -> dict[str, int]:
        if column not in FACET_COLUMNS:
            raise ValueError(f"no facet over {column}")
        where, values = self._where(request)
        statement = sql.SQL(
            "SELECT {column}, count(*) FROM (SELECT {column} FROM exchange_searchentry "
            "WHERE {where} LIMIT %s) AS hit GROUP BY 1"
        ).format(column=sql.Identifier(column), where=where)
        return {str(value): count for value, count in self._rows(statement, [*values, COUNTED])}

    def _where(self, request: SearchRequest) -> tuple[sql.Composed, list[Any]]:
        parts: list[sql.SQL] = [sql.SQL("true")]
        values: list[Any] = []
        query = both(
            word_query(words=request.words, forgiving=request.forgiving),
            filter_query(group for _, group in request.filters),
        )
        for condition, value in (
            ("vector @@ %s::tsquery", query or None),
            ("price_max >= %s", request.price_at_least),
            ("(starts_on IS NULL OR starts_on <= %s)", request.starts_by),
            ("published_at >= %s", request.published_since),
        ):
            if value is not None:
                parts.append(sql.SQL(condition))
                values.append(value)
        return sql.SQL(" AND ").join(parts), values

    def _count(self, where: sql.Composed, values: list[Any]) -> int:
        statement = sql.SQL(
            "SELECT count(*) FROM (SELECT 1 FROM exchange_searchentry "
            "WHERE {where} LIMIT %s) AS hit"
        ).format(where=where)
        return int(self._rows(statement, [*values, COUNTED + 1])[0][0])

    def _ranked(self, request: SearchRequest, where: sql.Composed, values: list[Any]) -> list[int]:
        statement = sql.SQL(
            "WITH hit AS MATERIALIZED (SELECT listing_id, published_at, vector "
            "FROM exchange_searchentry WHERE {where} LIMIT %s) "
            "SELECT listing_id FROM hit ORDER BY ts_rank_cd(vector, %s::tsquery) DESC, "
            "published_at DESC, listing_id DESC LIMIT %s OFFSET %s"
        ).format(where=where)
        words = word_query(words=request.words, forgiving=request.forgiving)
        rows = self._rows(statement, [*values, RANKED, words, request.limit, request.offset])
        return [row[0] for row in rows]

    def _sorted(
        self, request: SearchRequest, sort: Sort, where: sql.Composed, values: list[Any]
    ) -> list[int]:
        statement = sql.SQL(
            "SELECT listing_id FROM exchange_searchentry WHERE {where} "
            "ORDER BY {order} LIMIT %s OFFSET %s"
        ).format(where=where, order=sql.SQL(ORDERS[sort]))
        rows = self._rows(statement, [*values, request.limit, request.offset])
        return [row[0] for row in rows]

    def _rows(self, statement: sql.Composed, values: list[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall())
