"""The letter that asks a host for pay that is owed (催付函)."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from silian.operations.placements.models.pay import PayRecord
from silian.operations.placements.rules.pay import words

HEADER = ("序号", "学生", "班级", "月份", "应得（元）", "已付（元）", "欠付（元）", "应发日")
WIDTHS = (1.2, 2.2, 3.2, 1.8, 2.2, 2.2, 2.2, 2.4)
BODY_FONT, TITLE_FONT = "仿宋", "方正小标宋简体"
BASIS = "《职业学校学生实习管理规定》（教职成〔2021〕4号）第十八条"


def claim_letter(
    rows: Sequence[PayRecord],
    *,
    host: str,
    sender: str,
    on: datetime.date,
    reply_by: datetime.date,
) -> bytes:
    """The letter with its table, as docx (催付函)."""
    document = Document()
    lay_out(document)
    total = sum((row.unpaid for row in rows), Decimal(0))
    people = len({row.internship_id for row in rows})
    write(
        document.add_paragraph(),
        "关于及时足额支付实习报酬的函",
        size=18,
        font=TITLE_FONT,
        middle=True,
    )
    write(document.add_paragraph(), f"{host}：", size=14)
    write(
        document.add_paragraph(),
        f"截至 {on:%Y年%-m月%-d日}，贵单位有 {people} 名实习学生的"
        f"报酬逾期未付或未足额支付，共 {len(rows)} 人月，合计 {words(total)} 元，明细附后。"
        f"依据{BASIS}，实习报酬应当以货币形式及时、足额支付给学生本人。请于 "
        f"{reply_by:%Y年%-m月%-d日}前付清，并在平台填报到账情况；有异议的，请在同一期限内书面说明。",
        size=14,
    )
    add_table(document, rows, total=total)
    write(document.add_paragraph(), "")
    write(document.add_paragraph(), sender, size=14, right=True)
    write(document.add_paragraph(), f"{on:%Y年%-m月%-d日}", size=14, right=True)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def add_table(document: Any, rows: Sequence[PayRecord], *, total: Decimal) -> None:
    table = document.add_table(rows=1, cols=len(HEADER), style="Table Grid")
    table.autofit = False
    fill(table.rows[0].cells, HEADER, bold=True)
    for place, row in enumerate(rows, start=1):
        fill(table.add_row().cells, line_of(place, row))
    fill(table.add_row().cells, ["", "合计", "", "", "", "", words(total), ""], bold=True)


def line_of(place: int, row: PayRecord) -> list[str]:
    return [
        str(place),
        row.internship.person.name,
        row.internship.school_class.name,
        f"{row.month:%Y-%m}",
        words(row.due_amount),
        words(row.paid_amount),
        words(row.unpaid),
        f"{row.due_on:%Y-%m-%d}",
    ]


def lay_out(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(2.5)


def fill(cells: Sequence[Any], values: Sequence[str], *, bold: bool = False) -> None:
    for cell, value, width in zip(cells, values, WIDTHS, strict=True):
        cell.width = Cm(width)
        write(cell.paragraphs[0], value, size=10.5, bold=bold)


def write(
    paragraph: Any,
    text: str,
    *,
    size: float = 12,
    font: str = BODY_FONT,
    bold: bool = False,
    middle: bool = False,
    right: bool = False,
) -> None:
    if middle or right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if middle else WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = font
    run.bold = bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
