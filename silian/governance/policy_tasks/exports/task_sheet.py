"""The official division of tasks as a sheet and as a document (任务分工表)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from silian.foundation.ui.exports import write_xlsx
from silian.governance.policy_tasks.models import PolicyTask
from silian.registers.policies.choices import BodyRole

HEADER = ("序号", "任务", "牵头单位", "责任单位", "完成时限", "进展")
WIDTHS = (1.3, 9.6, 3.4, 5.0, 2.6, 3.8)  # cm across A4 lying, the order officials know
SHEET_FONT = "仿宋"
TITLE_FONT = "方正小标宋简体"
UNNAMED = "原文未写明"


def sheet_rows(tasks: Iterable[PolicyTask]) -> Iterator[tuple[Any, ...]]:
    """The rows of the table in the official order of columns."""
    for index, task in enumerate(tasks, start=1):
        yield (
            index,
            task.title,
            leading(task),
            sharing(task),
            f"{task.due_on:%Y年%m月%d日}" if task.due_on else "长期推进",
            standing(task),
        )


def leading(task: PolicyTask) -> str:
    """The leading unit as named, with those that lead beside it."""
    also = [row.body.name for row in task.bodies.all() if row.role == BodyRole.LEAD]
    first = [task.lead.name] if task.lead else []
    return "、".join([*first, *also]) or UNNAMED


def sharing(task: PolicyTask) -> str:
    return "、".join(row.body.name for row in task.bodies.all() if row.role != BodyRole.LEAD)


def standing(task: PolicyTask) -> str:
    """How far the task is, in words: percent alone never says done."""
    words = task.get_state_display()
    if task.percent and task.state not in ("done", "draft"):
        words = f"{words}，进度 {task.percent}%"
    return words


def task_sheet_xlsx(tasks: Iterable[PolicyTask]) -> bytes:
    """The table as xlsx (任务分工表)."""
    target = io.BytesIO()
    write_xlsx(file=target, header=HEADER, rows=sheet_rows(tasks))
    return target.getvalue()


def task_sheet_docx(tasks: Iterable[PolicyTask], *, title: str) -> bytes:
    """The table as a document on A4 lying (任务分工表)."""
    document = Document()
    lay_out(document)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(heading, title, size=18, font=TITLE_FONT)
    table = document.add_table(rows=1, cols=len(HEADER), style="Table Grid")
    table.autofit = False
    fill(table.rows[0].cells, HEADER, bold=True)
    repeat_on_every_page(table.rows[0])
    for row in sheet_rows(tasks):
        fill(table.add_row().cells, [str(value) for value in row])
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def lay_out(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2.2)


def fill(cells: Sequence[Any], values: Sequence[str], *, bold: bool = False) -> None:
    for cell, value, width in zip(cells, values, WIDTHS, strict=True):
        cell.width = Cm(width)
        write(cell.paragraphs[0], value, size=10.5, font=SHEET_FONT, bold=bold)


def write(paragraph: Any, words: str, *, size: float, font: str, bold: bool = False) -> None:
    run = paragraph.add_run(words)
    run.font.size = Pt(size)
    run.font.name = font
    run.bold = bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def repeat_on_every_page(row: Any) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
