"""Rows into a table by COPY, as lines of text that are built by hand because that is fastest."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import connection
from psycopg import sql

LINES_AT_ONCE = 500  # a few hundred kilobytes a message
NOTHING = "\\N"
NUL_IN_JSON = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u0000"
)  # not after a backslash that stands for itself


def copy_into(
    table: str, *, columns: Sequence[str], rows: Iterable[Sequence[Any]], shared: Mapping[str, Any]
) -> None:
    """Copy rows of values; what ``shared`` holds is the same in every row."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, [*columns, *shared]))
    )
    end = "".join(f"\t{field_text(value)}" for value in shared.values()) + "\n"
    lines = ("\t".join(map(field_text, row)) + end for row in rows)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:  # type: ignore[attr-defined]
        for block in blocks(lines):
            copy.write(block)


def blocks(lines: Iterator[str]) -> Iterator[str]:
    while block := "".join(islice(lines, LINES_AT_ONCE)):
        yield block


def field_text(value: Any) -> str:
    """A value in the text format of COPY; NUL, which PostgreSQL cannot hold, is left out."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, dict):
        return escaped(NUL_IN_JSON.sub(r"\1", json.dumps(value, ensure_ascii=False)))
    if isinstance(value, list):
        return escaped("{" + ",".join(f'"{escaped_item(item)}"' for item in value) + "}")
    return str(value)


def escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    return text.replace("\r", "\\r").replace("\x00", "")


def escaped_item(item: object) -> str:
    return str(item).replace("\\", "\\\\").replace('"', '\\"')
