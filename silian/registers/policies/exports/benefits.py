"""The benefit list and the tax guide as documents to print (docx)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from silian.foundation.kernel.file_checks import DOCX
from silian.registers.policies.commands.benefit_lists import basis_of, entry_of
from silian.registers.policies.models.benefits import Benefit

LIST_HEAD = ("类别", "名称", "适用对象", "给什么", "办理单位", "依据", "有效期")
DOCX_TYPE = DOCX.content_type
BODY_FONT, HEAD_FONT = "仿宋", "黑体"


def list_rows(benefits: Iterable[Benefit]) -> list[list[str]]:
    """The lines of the list in the order of its head."""
    return [[entry_of(benefit)[name] for name in LIST_HEAD] for benefit in benefits]


def list_document(*, title: str, note: str, rows: Sequence[Sequence[str]]) -> bytes:
    """The list as a table on pages across (优惠政策清单)."""
    document = empty_document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    heading(document, title)
    paragraph(document, note)
    table = document.add_table(rows=1, cols=len(LIST_HEAD), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, LIST_HEAD, strict=True):
        fill(cell, words, bold=True)
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            fill(cell, words)
    return content_of(document)


def guide_document(*, title: str, note: str, benefits: Iterable[Benefit]) -> bytes:
    """Each benefit with its conditions, papers and steps in order (操作指引)."""
    document = empty_document()
    heading(document, title)
    paragraph(document, note)
    for number, benefit in enumerate(benefits, start=1):
        paragraph(document, f"{number}．{benefit.title}", bold=True)
        facts = (
            ("给什么", benefit.given),
            ("办理单位", benefit.authority),
            ("适用对象", benefit.audience_words),
            ("依据", basis_of(benefit)),
        )
        for name, words in facts:
            paragraph(document, f"{name}：{words}")
        numbered(document, "条件", [row.text for row in benefit.conditions.all()])
        numbered(document, "材料", [row.name for row in benefit.materials.all()])
        numbered(document, "步骤", [str(row) for row in benefit.steps.all()])
    return content_of(document)


def empty_document() -> Any:
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = BODY_FONT, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY_FONT)
    return document


def heading(document: Any, words: str) -> None:
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = line.add_run(words)
    run.font.size, run.font.name = Pt(18), HEAD_FONT
    run._element.rPr.rFonts.set(qn("w:eastAsia"), HEAD_FONT)


def paragraph(document: Any, words: str, *, bold: bool = False) -> None:
    run = document.add_paragraph().add_run(words)
    run.bold = bold


def numbered(document: Any, name: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    paragraph(document, f"{name}：")
    for number, words in enumerate(lines, start=1):
        paragraph(document, f"（{number}）{words}")


def fill(cell: Any, words: str, *, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(words)
    run.bold, run.font.size = bold, Pt(9)


def content_of(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
