"""Tables in files that people bring: xlsx, and csv in UTF-8 or GB18030."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from silian.foundation.kernel.errors import DomainError

LONGEST_CELL = 2_000
ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table as read: headings, and rows as texts in their order (表格)."""

    headings: list[str]
    rows: list[list[str]]

    def numbered(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Rows by heading, numbered as the file shows them; wholly empty rows are left out."""
        for place, row in enumerate(self.rows, start=2):
            if any(cell.strip() for cell in row):
                yield place, dict(zip(self.headings, row, strict=False))

    def require(self, *names: str) -> None:
        """Refuse a table that lacks one of the columns, naming what is missing."""
        missing = [name for name in names if name not in self.headings]
        if missing:
            raise DomainError(
                f"第一行缺少列名：{'、'.join(missing)}。请按模板填写，列的顺序不限。", field="file"
            )


def sheet_of(*, name: str, content: bytes, most_rows: int) -> Sheet:
    """The first table of a file; refuses one that is none with a sentence (读取表格)."""
    rows = rows_of(name=name, content=content, whole_area=True)
    if not rows:
        raise DomainError("文件是空的。第一行应为列名，请按模板填写。", field="file")
    if len(rows) - 1 > most_rows:
        raise DomainError(f"一次最多导入 {most_rows:,} 行，请分成几个文件。", field="file")
    return Sheet(headings=[cell.strip().lstrip("*") for cell in rows[0]], rows=rows[1:])


def rows_of(
    *,
    name: str,
    content: bytes,
    field: str = "file",
    text: Callable[[object], str] | None = None,
    whole_area: bool = False,
) -> list[list[str]]:
    """All rows of the first table as texts, headings first; ``field`` is the box refused.

    ``text`` turns a cell into text; ``whole_area`` keeps what is empty above and left of a
    workbook's cells, so that rows are numbered as the file shows them.
    """
    cell = text or cell_text
    if name.lower().endswith(".xlsx"):
        return [
            [cell(value) for value in row]
            for row in workbook_rows(content, field=field, whole_area=whole_area)
        ]
    return [[cell(value) for value in row] for row in csv_rows(content, field=field)]


def csv_rows(content: bytes, *, field: str) -> list[list[str]]:
    text = decoded(content, field=field)
    first = text.split("\n", 1)[0]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    try:
        return [
            row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row
        ]
    except csv.Error:
        raise DomainError(
            "文件不是可以读取的 csv 表格，请另存为 xlsx 后再试。", field=field
        ) from None


def decoded(content: bytes, *, field: str) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DomainError("文件的文字编码不是 UTF-8 或 GB18030，请另存为 xlsx 后再试。", field=field)


def workbook_rows(
    content: bytes, *, field: str = "file", whole_area: bool = False
) -> list[list[Any]]:
    """The values of the first sheet of a workbook; refuses what is none (读取工作簿)."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return workbook.get_sheet_by_index(0).to_python(skip_empty_area=not whole_area)
    except (CalamineError, IndexError, OSError):
        raise DomainError(
            "文件打不开，请用 Excel 或 WPS 另存为 xlsx 后再试。", field=field
        ) from None


def cell_text(value: object) -> str:
    """Whole numbers without the point that spreadsheets add."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\x00", "")[:LONGEST_CELL]
