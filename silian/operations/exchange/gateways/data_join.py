"""Joining two tables in memory with DuckDB; nothing is written and no file is reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

PREVIEW_ROWS = 20
ENGINE: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "threads": "1",
    "memory_limit": "512MB",
}
COUNTS = """
SELECT (SELECT count(*) FROM first), (SELECT count(*) FROM second),
       (SELECT count(*) FROM first WHERE key IN (SELECT key FROM second)),
       (SELECT count(*) FROM second WHERE key IN (SELECT key FROM first)),
       (SELECT count(*) FROM (SELECT DISTINCT key FROM first INTERSECT
                              SELECT DISTINCT key FROM second))
"""
PREVIEW = """
SELECT first.cells, second.cells FROM first JOIN second USING (key)
ORDER BY first.place, second.place LIMIT ?
"""


@dataclass(frozen=True, kw_only=True)
class Keyed:
    """Rows with the digest that they are joined by."""

    keys: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class JoinResult:
    """How far two tables meet, and the first rows that do (关联结果)."""

    first_rows: int
    second_rows: int
    first_matched: int
    second_matched: int
    keys_matched: int
    preview: list[tuple[list[str], list[str]]]


def join_tables(*, first: Keyed, second: Keyed) -> JoinResult:
    """Join on equal digests (关联比对)."""
    with duckdb.connect(":memory:", config=ENGINE) as engine:
        for name, table in (("first", first), ("second", second)):
            engine.execute(f"CREATE TABLE {name} (place INTEGER, key VARCHAR, cells VARCHAR[])")
            rows = zip(table.keys, table.rows, strict=True)
            given = [[n, key, list(row)] for n, (key, row) in enumerate(rows) if key]
            if given:
                places, keys, cells = (list(column) for column in zip(*given, strict=True))
                engine.execute(
                    f"INSERT INTO {name} SELECT unnest(?::INTEGER[]), unnest(?::VARCHAR[]), "
                    "unnest(?::VARCHAR[][])",
                    [places, keys, cells],
                )
        counts = engine.execute(COUNTS).fetchone()
        preview = engine.execute(PREVIEW, [PREVIEW_ROWS]).fetchall()
    numbers = [int(number) for number in counts or (0, 0, 0, 0, 0)]
    return JoinResult(
        first_rows=numbers[0],
        second_rows=numbers[1],
        first_matched=numbers[2],
        second_matched=numbers[3],
        keys_matched=numbers[4],
        preview=[(list(one), list(other)) for one, other in preview],
    )
