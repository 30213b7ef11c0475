"""The column of student numbers out of an uploaded sheet."""

from __future__ import annotations

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.sheets import cell_text, rows_of

HEADING = "学号"
MOST = 20_000


def numbers_in(*, name: str, content: bytes) -> list[str]:
    """The student numbers of a sheet, each once, in order; refuses one without such a column."""
    rows = rows_of(
        name=name, content=content, field="sheet", text=lambda value: cell_text(value).strip()
    )
    if not rows or HEADING not in rows[0]:
        raise DomainError("表格第一行没有“学号”一列，请加上后再上传。", field="sheet")
    if len(rows) > MOST:
        raise DomainError(f"一次最多 {MOST:,} 行，请分几次上传。", field="sheet")
    place = rows[0].index(HEADING)
    found = (row[place] for row in rows[1:] if len(row) > place)
    return list(dict.fromkeys(number for number in found if number))
