"""The year's tables as one workbook (年度统计表)."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from silian.composition.reports.queries.annual import Sheet

WIDEST, NARROWEST = 46, 8


def annual_workbook(sheets: Sequence[Sheet]) -> bytes:
    """Numbers stay numbers, texts are never read as formulas."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.title)
        page.write_row(0, 0, sheet.header, bold)
        for line, row in enumerate(sheet.rows, start=1):
            for place, value in enumerate(row):
                write(page, line, place, value)
        for place, width in enumerate(widths(sheet)):
            page.set_column(place, place, width)
        page.freeze_panes(1, 2 if len(sheet.header) > 3 else 0)
        page.set_landscape()
        page.fit_to_pages(1, 0)
    book.close()
    return target.getvalue()


def write(page: Any, line: int, place: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, Decimal | int):
        page.write_number(line, place, float(value))
    else:
        page.write_string(line, place, text_of(value))


def text_of(value: Any) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, datetime.date) else str(value)


def widths(sheet: Sheet) -> list[int]:
    """Wide enough for most cells; a Chinese character takes two."""
    return [
        min(WIDEST, max([NARROWEST, *(2 * len(text_of(row[place] or "")) for row in sheet.rows)]))
        for place in range(len(sheet.header))
    ]
