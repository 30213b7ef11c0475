"""Whether the rows of an edition fit the declared fields; how sensitive cells leave the owner."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

MOST_ROWS = 50_000  # an edition is read whole; larger sets come by interface, in parts
SHOWN_FAULTS = 20
MASK = "＊＊＊"
DAY_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日")


@dataclass(frozen=True, kw_only=True)
class FieldSpec:
    """A declared field as the checks need it."""

    name: str
    type: str = "text"
    required: bool = True
    sensitivity: str = "plain"
    is_key: bool = False


@dataclass(frozen=True, kw_only=True)
class CellFault:
    """What is wrong in which line and column; lines count from 1, the heading being the first."""

    line: int
    field: str
    text: str

    def __str__(self) -> str:
        return f"第 {self.line} 行“{self.field}”：{self.text}"


def missing_headings(*, headings: Sequence[str], fields: Sequence[FieldSpec]) -> list[str]:
    """Declared fields that the file has no column for."""
    return [field.name for field in fields if field.name not in headings]


def checked_rows(
    *, headings: Sequence[str], rows: Iterable[Sequence[str]], fields: Sequence[FieldSpec]
) -> tuple[list[list[str]], list[CellFault]]:
    """The rows in the order of the fields, each cell in one spelling; and what is wrong."""
    places = [headings.index(field.name) for field in fields]
    clean: list[list[str]] = []
    faults: list[CellFault] = []
    for line, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = [row[place].strip() if place < len(row) else "" for place in places]
        spelled = [
            spelled_cell(cell, field=field, line=line, faults=faults)
            for cell, field in zip(cells, fields, strict=True)
        ]
        clean.append(spelled)
    return clean, faults


def spelled_cell(cell: str, *, field: FieldSpec, line: int, faults: list[CellFault]) -> str:
    """The cell in its one spelling; notes a fault when it has none."""
    if not cell:
        if field.required:
            faults.append(CellFault(line=line, field=field.name, text="不能为空。"))
        return ""
    spelled = SPELLINGS[field.type](cell)
    if spelled is None:
        kind = {"integer": "整数", "number": "数值", "date": "日期，例如 2026-03-18"}[field.type]
        text = f"“{cell[:20]}”不是{kind}。"
        faults.append(CellFault(line=line, field=field.name, text=text))
        return cell
    return spelled


def integer_text(cell: str) -> str | None:
    number = number_text(cell)
    return number if number is not None and "." not in number else None


def number_text(cell: str) -> str | None:
    try:
        number = Decimal(cell.replace(",", ""))
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 18:
        return None
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def day_text(cell: str) -> str | None:
    for form in DAY_FORMATS:
        try:
            moment = datetime.datetime.strptime(cell.split(" ")[0], form)  # noqa: DTZ007 -- a day
        except ValueError:
            continue
        return f"{moment:%Y-%m-%d}"
    return None


SPELLINGS: dict[str, Callable[[str], str | None]] = {
    "text": str.strip,
    "integer": integer_text,
    "number": number_text,
    "date": day_text,
}


def edition_digest(rows: Sequence[Sequence[str]]) -> str:
    """What makes two editions the same, whatever file they came in."""
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def readable_places(fields: Sequence[FieldSpec], *, most: str = "internal") -> list[int]:
    """The columns that may leave: personal ones never do, internal ones only by agreement."""
    allowed = {"plain"} if most == "plain" else {"plain", "internal"}
    return [place for place, field in enumerate(fields) if field.sensitivity in allowed]


def key_digest(value: str, *, secret: str) -> str:
    """A value to join by that says nothing about the value itself."""
    plain = "".join(value.split()).upper()
    return hmac.new(secret.encode(), plain.encode(), hashlib.sha256).hexdigest()
