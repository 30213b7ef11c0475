"""Many listings at once into the table, by COPY."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.utils import timezone
from psycopg import sql

from silian.operations.exchange.models.listing import Listing

TABLE = "exchange_listing"
GIVEN_BY_DATABASE = {"id", "created_at", "updated_at"}


def reserved_ids(count: int) -> list[int]:
    """Ids that the table's sequence has given out for new rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [TABLE, count],
        )
        return [row[0] for row in cursor.fetchall()]


def copied_columns() -> tuple[list[str], dict[str, Any]]:
    """The columns of the table and the value of each that a row does not give."""
    fields = Listing._meta.concrete_fields
    defaults = {field.attname: field.get_default() for field in fields}
    return [field.attname for field in fields], defaults


def copy_listings(rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert rows of column values, search vector included; returns their ids in order."""
    ids = reserved_ids(len(rows))
    columns, defaults = copied_columns()
    now = timezone.now()
    stamped = {"created_at": now, "updated_at": now}
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(TABLE), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:  # type: ignore[attr-defined]
        for listing_id, row in zip(ids, rows, strict=True):
            values = {**defaults, **stamped, **row, "id": listing_id}
            copy.write_row([copied_value(values[name]) for name in columns])
    return ids


def copied_value(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


def rows_of(listing_ids: Iterable[int]) -> dict[str, Listing]:
    """Existing listings by their number at the source, locked for change."""
    found = Listing.objects.select_for_update(of=("self",)).filter(pk__in=list(listing_ids))
    return {listing.external_id: listing for listing in found}
