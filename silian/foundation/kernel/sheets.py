"""Tables in files that people bring: xlsx, and csv in UTF-8 or GB18030."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

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
    rows = xlsx_rows(content) if name.lower().endswith(".xlsx") else csv_rows(content)
    if not rows:
        raise DomainError("文件是空的。第一行应为列名，请按模板填写。", field="file")
    if len(rows) - 1 > most_rows:
        raise DomainError(f"一次最多导入 {most_rows:,} 行，请分成几个文件。", field="file")
    return Sheet(headings=[cell.strip().lstrip("*") for cell in rows[0]], rows=rows[1:])


def csv_rows(content: bytes) -> list[list[str]]:
    text = decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    try:
        found = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [[plain(cell) for cell in row] for row in found if row]
    except csv.Error:
        raise DomainError(
            "文件不是可以读取的 csv 表格，请另存为 xlsx 后再试。", field="file"
        ) from None


def decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DomainError("文件的文字编码不是 UTF-8 或 GB18030，请另存为 xlsx 后再试。", field="file")


def xlsx_rows(content: bytes) -> list[list[str]]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        values = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, IndexError, OSError):
        raise DomainError(
            "文件打不开，请用 Excel 或 WPS 另存为 xlsx 后再试。", field="file"
        ) from None
    return [[cell_text(value) for value in row] for row in values]


def cell_text(value: object) -> str:
    """Whole numbers without the point that spreadsheets add."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return plain(str(value))


def plain(text: str) -> str:
    return text.replace("\x00", "")[:LONGEST_CELL]
