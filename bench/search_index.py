"""The index of the search bench: filled by COPY, its indexes made afterwards."""

from __future__ import annotations

import time
from itertools import islice

from bench.market_rows import Market, documents

BATCH = 5_000
COPY = (
    "COPY kernel_searchentry (subject, object_id, vector, record, published_at, pay, starts_on) "
    "FROM STDIN"
)
INDEXES = (
    "kernel_search_words", "kernel_search_newest", "kernel_search_price", "kernel_search_starts",
)  # fmt: skip


DISTINCT = 250_000  # texts; each stands in several rows, so that filling takes minutes
MULTIPLY = """
INSERT INTO kernel_searchentry
  (subject, object_id, vector, record, published_at, pay, starts_on)
SELECT subject, number, vector,
  overlay(overlay(record PLACING reverse(int8send(number)) FROM 1)
    PLACING reverse(int4send(extract(epoch FROM moment)::int)) FROM 17),
  moment, pay, starts_on
FROM (SELECT entry.*, object_id + copy * %s AS number,
    published_at - copy * interval '97 minutes' AS moment
  FROM kernel_searchentry entry, generate_series(1, %s) AS copy) AS copied
"""


def fill(rows: int) -> dict[str, float]:
    """Fill the empty table; seconds of each part."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [list(INDEXES)])
        definitions = [row[0] for row in cursor.fetchall()]
        for name in INDEXES:
            cursor.execute(f"DROP INDEX {name}")
    started = time.perf_counter()
    copy(min(rows, DISTINCT))
    multiply(rows)
    copied = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '768MB'")
        for definition in definitions:
            cursor.execute(definition)
        cursor.execute("VACUUM ANALYZE kernel_searchentry")
    return {"copy": copied - started, "indexes": time.perf_counter() - copied}


def multiply(rows: int) -> None:
    """Repeat the texts under other numbers and moments until there are enough rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(MULTIPLY, [DISTINCT, max(0, rows // DISTINCT - 1)])


def copy(rows: int) -> None:
    from django.db import connection

    from silian.foundation.kernel.search.postgres import coded_values, vector_of
    from silian.foundation.kernel.search.records import record_of
    from silian.foundation.kernel.search.values import codes_for

    made = documents(Market(), rows=rows)
    while batch := list(islice(made, BATCH)):
        keys = [coded_values(document) for document in batch]
        codes = codes_for(key for row in keys for key in row.values())
        with connection.cursor() as cursor, cursor.copy(COPY) as out:
            for document, row in zip(batch, keys, strict=True):
                facts = document.facts
                coded = {name: codes[key] for name, key in row.items() if key[1]}
                out.write_row(
                    (
                        document.subject,
                        document.object_id,
                        vector_of(document),
                        record_of(document, codes=coded),
                        facts.published_at,
                        facts.pay,
                        facts.starts_on,
                    )
                )
