"""Tables in files: csv in UTF-8 or GB18030, and xlsx."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook

from silian.foundation.kernel.errors import DomainError

LONGEST_CELL = 20_000
MOST_ROWS = 1_000_000
MOST_COLUMNS = 200
ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table as read: headings, and rows as texts in their order."""

    headings: list[str]
    rows: list[list[str]]

    def numbered(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Rows by heading, numbered as the file shows them; wholly empty rows are left out."""
        for place, row in enumerate(self.rows, start=2):
            if any(cell.strip() for cell in row):
                yield place, dict(zip(self.headings, row, strict=False))


def read_sheet(*, name: str, content: bytes) -> Sheet:
    """The first table of a file; refuses one that is none with a sentence (读取表格)."""
    rows = xlsx_rows(content) if name.lower().endswith(".xlsx") else csv_rows(content)
    if not rows:
        raise DomainError("文件是空的。第一行应为列名，例如 标题、地区、薪资。", field="file")
    headings = unique_headings([cell.strip() for cell in rows[0]])
    if len(rows) - 1 > MOST_ROWS:
        raise DomainError(f"一次最多导入 {MOST_ROWS:,} 行，请分成几个文件。", field="file")
    if len(headings) > MOST_COLUMNS:
        raise DomainError(f"列数超过 {MOST_COLUMNS}，请检查第一行是不是列名。", field="file")
    return Sheet(headings=headings, rows=rows[1:])


def unique_headings(headings: list[str]) -> list[str]:
    """Empty and repeated headings get a number, so that no column is lost."""
    seen: dict[str, int] = {}
    named = []
    for place, heading in enumerate(headings, start=1):
        name = heading or f"第 {place} 列"
        seen[name] = seen.get(name, 0) + 1
        named.append(name if seen[name] == 1 else f"{name}（{seen[name]}）")
    return named


def csv_rows(content: bytes) -> list[list[str]]:
    text = decoded(content)
    csv.field_size_limit(2**31 - 1)
    delimiter = (
        "\t" if text.split("\n", 1)[0].count("\t") > text.split("\n", 1)[0].count(",") else ","
    )
    try:
        found = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [[cell.replace("\x00", "")[:LONGEST_CELL] for cell in row] for row in found if row]
    except csv.Error:
        raise DomainError(
            "文件不是可以读取的 csv 表格，请另存为 csv 或 xlsx 后再试。", field="file"
        ) from None


def decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DomainError("文件的文字编码不是 UTF-8 或 GB18030，请另存后再试。", field="file")


def xlsx_rows(content: bytes) -> list[list[str]]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        values = workbook.get_sheet_by_index(0).to_python(skip_empty_area=True)
    except (CalamineError, IndexError, OSError):
        raise DomainError(
            "文件打不开，请用 Excel 或 WPS 另存为 xlsx 后再试。", field="file"
        ) from None
    return [[cell_text(value) for value in row] for row in values]


def cell_text(value: object) -> str:
    """Whole numbers without the point that spreadsheets add."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\x00", "")[:LONGEST_CELL]
