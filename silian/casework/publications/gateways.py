"""The table of entries that somebody uploads: csv in UTF-8 or GB18030, or xlsx."""

from __future__ import annotations

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.sheets import cell_text, rows_of

MOST_ENTRIES = 5_000  # a list that people read; larger data belongs to the shared data sets


def read_entries(*, name: str, content: bytes) -> tuple[list[str], list[list[str]]]:
    """The head and the rows of the first sheet; the first column is each entry's number."""
    rows = rows_of(
        name=name, content=content, field="table", text=lambda value: cell_text(value).strip()
    )
    rows = [row for row in rows if any(row)]
    if len(rows) < 2 or len(rows[0]) < 2:
        raise DomainError("条目表至少要有列名一行、条目一行，前两列为编号和名称。", field="table")
    if len(rows) - 1 > MOST_ENTRIES:
        raise DomainError(
            f"一期最多 {MOST_ENTRIES:,} 条，请拆成几期或改用共享数据。", field="table"
        )
    empty = next((place for place, row in enumerate(rows[1:], 2) if not row[0]), None)
    if empty is not None:
        raise DomainError(f"第 {empty} 行没有编号。每条都要有编号，才能与下期比较。", field="table")
    return rows[0], rows[1:]
