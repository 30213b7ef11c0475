"""The catalogue files that come with the house."""

from __future__ import annotations

import csv
import datetime
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

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
