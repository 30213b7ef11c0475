"""The table of an uploaded payroll sheet, as texts."""

from __future__ import annotations

import datetime

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.sheets import cell_text, rows_of

LONGEST_CELL = 200


def table_in(*, name: str, content: bytes) -> list[list[str]]:
    """All rows of the first sheet, headings first; refuses what is no table (读取发放表)."""
    rows = rows_of(name=name, content=content, text=text_of)
    if not rows:
        raise DomainError("文件是空的。第一行应为列名：学号、姓名、金额、到账日期。", field="file")
    return rows


def text_of(value: object) -> str:
    """A cell as typed, days as 2026-03-10."""
    text = value.isoformat()[:10] if isinstance(value, datetime.date) else cell_text(value)
    return text.strip()[:LONGEST_CELL]
