"""Files as people bring them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from django.core.files.uploadedfile import SimpleUploadedFile

from silian.foundation.ui.exports import XLSX_TYPE, write_xlsx
from silian.operations.placements.rules.bulk_posts import COLUMNS

HEADINGS = [column.heading for column in COLUMNS]


def sheet(
    header: Sequence[str], rows: Iterable[Sequence[str]], *, name: str = "岗位.xlsx"
) -> SimpleUploadedFile:
    """An xlsx file with these rows."""
    file = io.BytesIO()
    write_xlsx(file=file, header=header, rows=rows)
    return SimpleUploadedFile(name, file.getvalue(), content_type=XLSX_TYPE)


def post_line(number: int, **cells: str) -> list[str]:
    """A lawful post under its own number."""
    line = {column.heading: column.example for column in COLUMNS}
    line |= {"岗位编号": f"A-{number:03d}", "岗位名称": f"数控操作 {number}", **cells}
    return [line[heading] for heading in HEADINGS]
