"""The tables of the nightly refresh as Parquet files, which every engine can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Any

ROWS_AT_ONCE = 20_000
LISTINGS, COUNTERPARTS, PAIRS = "listings.parquet", "counterparts.parquet", "pairs.parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedListing:
    """A listing as the refresh compares it: numbers only, days as ordinals, 0 for unnamed.

    ``city`` is the beginning of ``division``; ``turn`` decides who is compared in a full block;
    ``unit`` is what the quantity counts. The last three digits of a term are its rarity.
    """

    id: int
    organisation: int
    kind: int
    side: int
    occupation: int
    chain: int
    division: int
    city: int
    quantity: int | None
    starts: int | None
    ends: int | None
    published: int
    turn: int
    unit: int = 0
    majors: Sequence[int] = ()
    terms: Sequence[int] = ()


WIDE = frozenset({"id", "organisation", "turn"})
LISTS = frozenset({"majors", "terms"})


def listing_schema() -> Any:
    import pyarrow

    def type_of(name: str) -> Any:
        if name in LISTS:
            return pyarrow.list_(pyarrow.int32())
        return pyarrow.int64() if name in WIDE else pyarrow.int32()

    return pyarrow.schema([(item.name, type_of(item.name)) for item in fields(ComparedListing)])


def write_input(
    folder: Path, *, listings: Iterable[ComparedListing], counterparts: Sequence[tuple[int, int]]
) -> int:
    """Write both tables into a folder; returns how many listings there are."""
    import pyarrow
    from pyarrow import parquet

    schema, count, rows = listing_schema(), 0, iter(listings)
    with parquet.ParquetWriter(folder / LISTINGS, schema) as writer:
        while block := list(islice(rows, ROWS_AT_ONCE)):
            columns = {name: [getattr(row, name) for row in block] for name in schema.names}
            writer.write_table(pyarrow.table(columns, schema=schema))
            count += len(block)
    kinds = {
        "kind": [kind for kind, _ in counterparts],
        "other_kind": [other for _, other in counterparts],
    }
    types = pyarrow.schema([(name, pyarrow.int32()) for name in kinds])
    parquet.write_table(pyarrow.table(kinds, schema=types), folder / COUNTERPARTS)
    return count


def rows_of(path: Path) -> Iterator[tuple[int, ...]]:
    """Every row of a Parquet file, or of a folder of its parts in their order."""
    from pyarrow import parquet

    parts = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    for part in parts:
        for batch in parquet.ParquetFile(part).iter_batches(ROWS_AT_ONCE):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
