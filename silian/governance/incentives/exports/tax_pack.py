"""The tax pack as a workbook: the cells, the facts with who said them, the clauses."""

from __future__ import annotations

import datetime
import io
from typing import Any

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone

from silian.foundation.ui.exports import XLSX_TYPE
from silian.governance.incentives.queries.facts import Held
from silian.governance.incentives.queries.tax_pack import TaxPack

CELL_HEAD = ("栏次", "项目", "金额（元）", "减免代码", "来源")
FACT_HEAD = ("事实", "内容", "来源", "填报人", "填报时间", "版本")
BASIS_HEAD = ("规定", "内容", "依据", "有效期")


def pack_response(pack: TaxPack, *, made_on: datetime.date) -> FileResponse:
    """The workbook as a download (导出资料包)."""
    name = f"附列资料五-{pack.organisation}-{pack.year}年.xlsx"
    content = io.BytesIO(pack_workbook(pack, made_on=made_on))
    return FileResponse(content, as_attachment=True, filename=name, content_type=XLSX_TYPE)


def pack_workbook(pack: TaxPack, *, made_on: datetime.date) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        write_cells(book, pack, made_on=made_on)
        facts = [fact_row(held) for held in pack.facts]
        write_sheet(book, "事实来源", FACT_HEAD, facts)
        basis = [(row.title, row.words, row.source, row.period) for row in basis_of(pack)]
        write_sheet(book, "依据", BASIS_HEAD, basis)
    return buffer.getvalue()


def basis_of(pack: TaxPack) -> list[Any]:
    return pack.answer.basis if pack.answer else []


def write_cells(book: Any, pack: TaxPack, *, made_on: datetime.date) -> None:
    """The form's cells with who, which year and which version of the rule."""
    sheet = book.add_worksheet("附列资料五")
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
    sheet.write(0, 0, "增值税及附加税费申报表附列资料（五）产教融合型企业抵免", bold)
    sheet.write(1, 0, f"{pack.organisation}　{pack.uscc}　{pack.year} 年")
    sheet.write(2, 0, f"规则版本 {pack.version}，按{pack.place}规定，{made_on} 生成。")
    sheet.write(3, 0, "按单位填报的事实测算，以主管税务机关核定为准。")
    for column, title in enumerate(CELL_HEAD):
        sheet.write(5, column, title, bold)
    for row, cell in enumerate(pack.cells, start=6):
        sheet.write(row, 0, cell.place)
        sheet.write(row, 1, cell.title)
        sheet.write_number(row, 2, cell.amount, money)
        sheet.write_string(row, 3, cell.code)
        sheet.write(row, 4, cell.origin)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 4, 24)


def write_sheet(book: Any, name: str, head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    for place, row in enumerate([head, *rows]):
        for column, value in enumerate(row):
            sheet.write_string(place, column, str(value), bold if place == 0 else None)
    sheet.set_column(0, len(head) - 1, 26)


def fact_row(held: Held) -> tuple[str, ...]:
    row = held.stated
    if row is None:
        return (held.fact.input.title, held.words, held.source, "", "", "")
    who = row.stated_by.name if row.stated_by else ""
    when = f"{timezone.localtime(row.stated_at):%Y-%m-%d %H:%M}"
    return (held.fact.input.title, held.words, "单位自报", who, when, str(row.version))
