"""Small catalogue files and the editions they belong to."""

from __future__ import annotations

import datetime
from pathlib import Path

import silian.foundation.reference.gateways as gateways
from silian.foundation.reference.gateways import Edition
from silian.foundation.reference.rules.rows import FileRow, rows_of


def edition_of(catalogue: str, edition: str, **values: object) -> Edition:
    facts = {
        "title": "试",
        "source": "试行标准",
        "valid_from": datetime.date(2026, 1, 1),
        **values,
    }
    return Edition(catalogue=catalogue, edition=edition, **facts)  # type: ignore[arg-type]


def bundled_text(name: str) -> str:
    return (Path(gateways.FOLDER) / name).read_text(encoding="utf-8")


def bundled_rows(catalogue: str, name: str) -> list[FileRow]:
    return rows_of(bundled_text(name), catalogue=catalogue)
