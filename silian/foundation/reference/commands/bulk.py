"""Writing thousands of rows at once, by COPY into a temporary table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def upsert(
    model: type[models.Model], *, columns: Sequence[str], rows: Iterable[Sequence[Any]], key: str
) -> None:
    """Insert rows, or update those whose ``key`` column exists, in the caller's transaction."""
    table = model._meta.db_table
    listed = ", ".join(columns)
    updates = ", ".join(f"{name} = EXCLUDED.{name}" for name in columns if name != key)
    copy_in(
        table,
        columns=columns,
        rows=rows,
        ending=f"INSERT INTO {table} ({listed}) SELECT {listed} FROM incoming "
        f"ON CONFLICT ({key}) DO UPDATE SET {updates}",
    )


def insert_new(
    model: type[models.Model], *, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert the rows that no constraint knows yet, in the caller's transaction."""
    table = model._meta.db_table
    listed = ", ".join(columns)
    copy_in(
        table,
        columns=columns,
        rows=rows,
        ending=f"INSERT INTO {table} ({listed}) SELECT {listed} FROM incoming "
        "ON CONFLICT DO NOTHING",
    )


def copy_in(
    table: str, *, columns: Sequence[str], rows: Iterable[Sequence[Any]], ending: str
) -> None:
    listed = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS "
            f"SELECT {listed} FROM {table} LIMIT 0"
        )
        with cursor.copy(f"COPY incoming ({listed}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(ending)
        cursor.execute("DROP TABLE incoming")
