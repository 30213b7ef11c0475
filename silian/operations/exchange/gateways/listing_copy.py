"""Many new listings at once into the table, with the record of the file that brought them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from silian.operations.exchange.gateways.copying import copy_into
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.listing_import import ImportedListing

TABLE = Listing._meta.db_table


def reserved_ids(count: int) -> list[int]:
    """Ids that the table's sequence has given out for new rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(nextval(pg_get_serial_sequence(%s, 'id'))::text, ' ') "
            "FROM generate_series(1, %s)",
            [TABLE, count],
        )
        return [int(number) for number in (cursor.fetchone()[0] or "").split()]


def copy_listings(
    *, columns: Sequence[str], rows: Sequence[Sequence[Any]], shared: Mapping[str, Any]
) -> list[int]:
    """Insert rows of values in the order of ``columns``; returns their ids in order.

    ``shared`` is what all rows have in common. Columns named nowhere get the model's default.
    """
    ids = reserved_ids(len(rows))
    copy_into(
        TABLE,
        columns=["id", *columns],
        rows=((number, *row) for number, row in zip(ids, rows, strict=True)),
        shared={**defaults_besides(columns), **shared},
    )
    return ids


def defaults_besides(columns: Sequence[str]) -> dict[str, Any]:
    """What the columns hold that a row does not give."""
    now = timezone.now()
    defaults = {field.attname: field.get_default() for field in Listing._meta.concrete_fields}
    defaults |= {"created_at": now, "updated_at": now}
    return {name: value for name, value in defaults.items() if name not in {"id", *columns}}


def copy_imported(*, import_id: int, pairs: Iterable[tuple[int, int]]) -> None:
    """Note for each new listing in which row of the file it stood; pairs of listing and row."""
    copy_into(
        ImportedListing._meta.db_table,
        columns=["listing_id", "row"],
        rows=pairs,
        shared={"listing_import_id": import_id},
    )


def rows_of(listing_ids: Iterable[int]) -> dict[str, Listing]:
    """Existing listings by their number at the source, locked for change."""
    found = Listing.objects.select_for_update(of=("self",)).filter(pk__in=list(listing_ids))
    return {listing.external_id: listing for listing in found}
