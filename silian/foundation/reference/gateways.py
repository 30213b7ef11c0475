"""Catalogue files: those that come with the house, and those that offices send."""

from __future__ import annotations

import csv
import datetime
import io
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.sheets import cell_text, workbook_rows
from silian.foundation.reference.rules.rows import UnreadableFile, decoded

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What is known of an edition before its rows are read (目录版本)."""

    catalogue: str
    edition: str
    title: str
    source: str
    valid_from: datetime.date


def bundled_editions() -> list[tuple[Edition, Path]]:
    """The editions in the data folder, in the order in which they are loaded."""
    with (FOLDER / "editions.csv").open(encoding="utf-8", newline="") as file:
        return [
            (
                Edition(
                    catalogue=record["catalogue"],
                    edition=record["edition"],
                    title=record["title"],
                    source=record["source"],
                    valid_from=datetime.date.fromisoformat(record["valid_from"]),
                ),
                FOLDER / record["file"],
            )
            for record in csv.DictReader(file)
        ]


def bundled_aliases(*, catalogue: str) -> dict[str, list[str]]:
    """What people also call an entry (别名), by code."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    with (FOLDER / "aliases.csv").open(encoding="utf-8", newline="") as file:
        for record in csv.DictReader(file):
            if record["catalogue"] == catalogue:
                found[record["code"]].append(record["alias"])
    return dict(found)


def table_text(content: bytes, *, name: str) -> str:
    """The table of an uploaded file as CSV text; a workbook gives its first sheet."""
    if name.lower().endswith((".xlsx", ".xls")):
        return workbook_text(content)
    return decoded(content)


def workbook_text(content: bytes) -> str:
    try:
        rows = workbook_rows(content)
    except DomainError as reason:
        raise UnreadableFile(reason.sentence) from reason
    text = io.StringIO()
    csv.writer(text).writerows([cell_text(cell) for cell in row] for row in rows)
    return text.getvalue()
