"""Reads a whole file of listings: every row as content, with its problems and duplicates."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from silian_engines.matching.duplicates import PostingFacts, duplicate_groups
from silian_engines.matching.field_parsing.regions import DivisionTable

from silian.foundation.reference.queries.divisions import DivisionRow, division_table
from silian.operations.exchange.gateways.sheets import Sheet
from silian.operations.exchange.kinds.declaration import ListingKind
from silian.operations.exchange.rules.import_rows import ImportedRow, Reader

TELL_EVERY = 500


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A file as read: rows to take in, rows refused, rows that repeat an earlier one."""

    good: list[ImportedRow]
    refused: list[ImportedRow]
    repeated: dict[int, int]
    placed: int

    @property
    def total(self) -> int:
        return len(self.good) + len(self.refused) + len(self.repeated)


def engine_table(divisions: Sequence[DivisionRow]) -> DivisionTable:
    """The division table in the form that the engine reads."""
    rows = [(row.code, row.name) for row in divisions if not row.successor]
    older = [(row.code, row.name) for row in divisions if row.successor]
    return DivisionTable(rows=rows, older_rows=older)


def read_listings(
    *,
    sheet: Sheet,
    mapping: Mapping[str, str],
    kind: ListingKind,
    home: str,
    today: datetime.date,
    tell: Callable[[int], None] = lambda done: None,
) -> Reading:
    """Read every row of a sheet with the mapping of headings to fields (读取全部行)."""
    divisions = division_table()
    reader = Reader(kind=kind, divisions=engine_table(divisions), home=home, today=today)
    rows: list[ImportedRow] = []
    for number, cells in sheet.numbered():
        named = {mapping[heading]: text for heading, text in cells.items() if heading in mapping}
        rows.append(reader.read(named, number=number))
        if len(rows) % TELL_EVERY == 0:
            tell(len(rows))
    refused = [row for row in rows if row.is_refused]
    fit = [row for row in rows if not row.is_refused]
    place_in_table(fit, divisions=divisions)
    repeated = repeated_rows(fit)
    good = [row for row in fit if row.number not in repeated]
    placed = sum(row.has_region for row in rows)
    return Reading(good=good, refused=refused, repeated=repeated, placed=placed)


def place_in_table(rows: list[ImportedRow], *, divisions: Sequence[DivisionRow]) -> None:
    """Put rows whose division ended under the one that took its place."""
    successors = {row.code: row.successor for row in divisions if row.successor}
    for row in rows:
        code = row.content["division_id"]
        row.content["division_id"] = successors.get(code, code)


def repeated_rows(rows: list[ImportedRow]) -> dict[int, int]:
    """Numbers of rows that say what an earlier row says, with that row's number."""
    first: dict[str, int] = {}
    repeated: dict[int, int] = {}
    for row in rows:
        if row.external_id in first:
            repeated[row.number] = first[row.external_id]
        first.setdefault(row.external_id, row.number)
    facts = [
        PostingFacts(
            id=str(row.number),
            organisation=row.employer,
            title=row.content["title"],
            region_code=row.content["division_id"],
            text=row.content["description"],
        )
        for row in rows
        if row.number not in repeated and row.employer
    ]
    for group in duplicate_groups(postings=facts):
        kept, *others = (int(number) for number in group.ids)
        repeated.update(dict.fromkeys(others, kept))
    return repeated
