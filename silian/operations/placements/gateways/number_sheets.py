"""The column of student numbers out of an uploaded sheet."""

from __future__ import annotations

import csv
import io

from python_calamine import CalamineError, CalamineWorkbook

from silian.foundation.kernel.errors import DomainError

HEADING = "学号"
MOST = 20_000


def numbers_in(*, name: str, content: bytes) -> list[str]:
    """The student numbers of a sheet, each once, in order; refuses one without such a column."""
    rows = xlsx_rows(content) if name.lower().endswith(".xlsx") else csv_rows(content)
    if not rows or HEADING not in rows[0]:
        raise DomainError("表格第一行没有“学号”一列，请加上后再上传。", field="sheet")
    if len(rows) > MOST:
        raise DomainError(f"一次最多 {MOST:,} 行，请分几次上传。", field="sheet")
    place = rows[0].index(HEADING)
    found = (row[place].strip() for row in rows[1:] if len(row) > place)
    return list(dict.fromkeys(number for number in found if number))


def xlsx_rows(content: bytes) -> list[list[str]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        values = book.get_sheet_by_index(0).to_python(skip_empty_area=True)
    except (CalamineError, IndexError, OSError):
        raise DomainError("文件打不开，请另存为 xlsx 后再试。", field="sheet") from None
    return [[text_of(value) for value in row] for row in values]


def text_of(value: object) -> str:
    """Whole numbers without the point that spreadsheets add."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def csv_rows(content: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text))]
    raise DomainError("文件编码不是 UTF-8 或 GB18030，请另存后再试。", field="sheet")
