"""The table of an uploaded payroll sheet, as texts."""

from __future__ import annotations

import csv
import datetime
import io

from python_calamine import CalamineError, CalamineWorkbook

from silian.foundation.kernel.errors import DomainError

ENCODINGS = ("utf-8-sig", "gb18030")
LONGEST_CELL = 200


def table_in(*, name: str, content: bytes) -> list[list[str]]:
    """All rows of the first sheet, headings first; refuses what is no table (读取发放表)."""
    rows = xlsx_rows(content) if name.lower().endswith(".xlsx") else csv_rows(content)
    if not rows:
        raise DomainError("文件是空的。第一行应为列名：学号、姓名、金额、到账日期。", field="file")
    return rows


def xlsx_rows(content: bytes) -> list[list[str]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        values = book.get_sheet_by_index(0).to_python(skip_empty_area=True)
    except (CalamineError, IndexError, OSError):
        raise DomainError(
            "文件打不开，请用 Excel 或 WPS 另存为 xlsx 后再试。", field="file"
        ) from None
    return [[text_of(value) for value in row] for row in values]


def text_of(value: object) -> str:
    """Whole numbers without the point that spreadsheets add, days as 2026-03-10."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    return str(value).replace("\x00", "").strip()[:LONGEST_CELL]


def csv_rows(content: bytes) -> list[list[str]]:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return cut(text)
    raise DomainError("文件的文字编码不是 UTF-8 或 GB18030，请另存后再试。", field="file")


def cut(text: str) -> list[list[str]]:
    try:
        found = csv.reader(io.StringIO(text, newline=""))
        return [[text_of(cell) for cell in row] for row in found if row]
    except csv.Error:
        raise DomainError(
            "文件不是可以读取的 csv 表格，请另存为 xlsx 后再试。", field="file"
        ) from None
