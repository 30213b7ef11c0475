"""Files out of rows: xlsx and csv, written row by row so that memory stays small."""

from __future__ import annotations

import codecs
import csv
import datetime
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

KINDS = ("xlsx", "csv")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")
SPOOL_BYTES = 4 * 1024 * 1024  # below this a file stays in memory
MOST_SHEET_ROWS = 1_048_575  # what one xlsx sheet can hold under its header


def file_response(
    *, kind: str, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponseBase:
    """The rows as a download of the wanted kind."""
    response: HttpResponseBase
    if kind == "csv":
        response = StreamingHttpResponse(
            csv_lines(header=header, rows=rows), content_type="text/csv; charset=utf-8"
        )
    else:
        spool = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115
        write_xlsx(file=spool, header=header, rows=rows)
        spool.seek(0)
        response = FileResponse(spool, content_type=XLSX_TYPE)
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.{kind}")
    response["Content-Disposition"] = disposition or "attachment"
    return response


class Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(*, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """UTF-8 with a mark in front, so that spreadsheet programs read Chinese at once."""
    writer = csv.writer(Echo())
    yield codecs.BOM_UTF8 + writer.writerow(header).encode()
    for row in rows:
        yield writer.writerow([harmless(plain(value)) for value in row]).encode()


def write_xlsx(*, file: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write one sheet with a fixed head; returns the number of rows (导出表格)."""
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet = book.add_worksheet("数据")
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(header) - 1), 18)
    sheet.write_row(0, 0, header, bold)
    count = 0
    for count, row in enumerate(rows, start=1):
        if count > MOST_SHEET_ROWS:
            raise ValueError("one sheet cannot hold more rows")
        for place, value in enumerate(row):
            write_cell(sheet, count, place, value, day=day, moment=moment)
    book.close()
    return count


def write_cell(sheet: Any, line: int, place: int, value: Any, *, day: Any, moment: Any) -> None:
    """Numbers and days keep their kind; everything else is text."""
    if isinstance(value, bool) or value is None:
        sheet.write_string(line, place, plain(value))
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(line, place, value)
    elif isinstance(value, datetime.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        sheet.write_datetime(line, place, local.replace(tzinfo=None), moment)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(line, place, value, day)
    else:
        sheet.write_string(line, place, plain(value))


def plain(value: Any) -> str:
    """A value as text.

    >>> plain(True), plain(None), plain(datetime.date(2026, 3, 18))
    ('是', '', '2026-03-18')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{local:%Y-%m-%d %H:%M}"
    return str(value)


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula; numbers stay numbers.

    >>> harmless("=1+1"), harmless("-3.5"), harmless("数控")
    ("'=1+1", '-3.5', '数控')
    """
    if not text.startswith(FORMULA_BEGINNINGS):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text
