"""The table of entries that somebody uploads: csv in UTF-8 or GB18030, or xlsx."""

from __future__ import annotations

import csv
import io

from python_calamine import CalamineError, CalamineWorkbook

from silian.foundation.kernel.errors import DomainError

MOST_ENTRIES = 5_000  # a list that people read; larger data belongs to the shared data sets
LONGEST_CELL = 2_000
ENCODINGS = ("utf-8-sig", "gb18030")
UNREADABLE = "条目表打不开。请用 Excel 或 WPS 另存为 xlsx 或 csv 后再上传。"


def read_entries(*, name: str, content: bytes) -> tuple[list[str], list[list[str]]]:
    """The head and the rows of the first sheet; the first column is each entry's number."""
    rows = xlsx_rows(content) if name.lower().endswith(".xlsx") else csv_rows(content)
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if len(rows) < 2 or len(rows[0]) < 2:
        raise DomainError("条目表至少要有列名一行、条目一行，前两列为编号和名称。", field="table")
    if len(rows) - 1 > MOST_ENTRIES:
        raise DomainError(
            f"一期最多 {MOST_ENTRIES:,} 条，请拆成几期或改用共享数据。", field="table"
        )
    empty = next((place for place, row in enumerate(rows[1:], 2) if not row[0].strip()), None)
    if empty is not None:
        raise DomainError(f"第 {empty} 行没有编号。每条都要有编号，才能与下期比较。", field="table")
    tidy = [[cell.strip()[:LONGEST_CELL] for cell in row] for row in rows]
    return tidy[0], tidy[1:]


def csv_rows(content: bytes) -> list[list[str]]:
    for encoding in ENCODINGS:
        try:
            return list(csv.reader(io.StringIO(content.decode(encoding), newline="")))
        except (UnicodeDecodeError, csv.Error):
            continue
    raise DomainError(UNREADABLE, field="table")


def xlsx_rows(content: bytes) -> list[list[str]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        values = book.get_sheet_by_index(0).to_python(skip_empty_area=True)
    except (CalamineError, IndexError, OSError):
        raise DomainError(UNREADABLE, field="table") from None
    return [[cell_text(value) for value in row] for row in values]


def cell_text(value: object) -> str:
    """Whole numbers without the point that spreadsheets add."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\x00", "")
