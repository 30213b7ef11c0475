"""The bulletin as a Word document in the form of an official brief (简报 Word 版)."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from silian.composition.reports.choices import Standing

RED = RGBColor(0xC4, 0x1E, 0x26)
SONG, HEI = "宋体", "黑体"
BODY, TABLE = 11.5, 9.5
Said = Mapping[str, Any]


def bulletin_word(said: Said, *, label: str, title: str) -> bytes:
    """The two pages of the bulletin."""
    document = blank_page()
    head(document, said, label=label, title=title)
    heading(document, "一、总体情况")
    for text in said["position"]:
        paragraph(document, text)
    heading(document, "二、目标进展")
    chain_table(document, said)
    waiting_table(document, said)
    heading(document, "三、本月变化")
    for place, text in enumerate(said["changes"], start=1):
        paragraph(document, f"{place}. {text}")
    heading(document, "四、任务逾期与临期，按牵头单位")
    body_table(document, said)
    heading(document, "五、待协调解决的问题")
    for text in problem_lines(said):
        paragraph(document, text)
    heading(document, "六、十个数")
    number_table(document, said)
    paragraph(document, foot_line(said), size=9, indent=False)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def foot_line(said: Said) -> str:
    return (
        f"编制：{said['issuer']}。数据来源：平台指标与任务台账，数值截至 {said['measured_on']}，"
        "编制时冻结。在“公开发布—核验文件”中可核验本文件是否原样。"
    )


def problem_lines(said: Said) -> list[str]:
    """The problems as numbered lines, or that there are none."""
    lines = [
        f"{place}. {row['title']}（{row['lead']}，{row['due'] or '期限未设定'}，{row['state']}）。"
        for place, row in enumerate(said["problems"], start=1)
    ]
    if said["problems_more"]:
        lines.append(f"其余 {said['problems_more']} 项见问题清单。")
    return lines or ["本月没有列入问题清单的事项。"]


def blank_page() -> Document:
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(24)
    page.top_margin, page.bottom_margin = Mm(20), Mm(18)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(BODY)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), SONG)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.2
    page_number(page.footer.paragraphs[0])
    return document


def page_number(target: Paragraph) -> None:
    """— 1 — in the middle of the foot."""
    target.alignment = WD_ALIGN_PARAGRAPH.CENTER
    target.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    target._p.append(field)
    target.add_run(" —")


def write(
    target: Paragraph, text: str, *, font: str = SONG, size: float = BODY, bold: bool = False
) -> None:
    run = target.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    run.font.name = "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def head(document: Document, said: Said, *, label: str, title: str) -> None:
    """The red name, the issue and the red line below."""
    name = document.add_paragraph()
    name.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(name, "产教融合工作简报", size=30, bold=True)
    name.runs[0].font.color.rgb = RED
    issue = document.add_paragraph()
    issue.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(issue, label)
    line = document.add_paragraph()
    line.paragraph_format.tab_stops.add_tab_stop(Mm(162), alignment=2)
    write(line, f"{said['issuer']}\t{said['day']}")
    red_line(line)
    shown = document.add_paragraph()
    shown.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shown.paragraph_format.space_before = shown.paragraph_format.space_after = Pt(6)
    write(shown, title, size=17, bold=True)


def red_line(target: Paragraph) -> None:
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "16"), ("space", "3"), ("color", "C41E26")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    target._p.get_or_add_pPr().append(borders)


def heading(document: Document, text: str) -> None:
    target = document.add_paragraph()
    target.paragraph_format.space_before = Pt(4)
    target.paragraph_format.keep_with_next = True
    write(target, text, font=HEI, size=12.5, bold=True)


def paragraph(document: Document, text: str, *, size: float = BODY, indent: bool = True) -> None:
    target = document.add_paragraph()
    if indent:
        target.paragraph_format.first_line_indent = Pt(size * 2)
    write(target, text, size=size)


def table(
    document: Document, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
) -> None:
    """A ruled table whose head is repeated; widths in millimetres."""
    made = document.add_table(rows=1, cols=len(header), style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for row in ([*header], *rows):
        cells = made.rows[0].cells if row == [*header] else made.add_row().cells
        for cell, text, width in zip(cells, row, widths, strict=True):
            cell.width = Mm(width)
            target = cell.paragraphs[0]
            target.paragraph_format.line_spacing = 1.0
            write(target, text, size=TABLE, bold=row == [*header])
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(repeat)


def chain_table(document: Document, said: Said) -> None:
    if not said["chains"]:
        return
    header = ["链", "目标", *(standing.label for standing in Standing)]
    rows = [
        [row["label"], str(row["total"]), *(str(count) for count in row["counts"])]
        for row in said["chains"]
    ]
    table(document, header, rows, [24, 18, *[20] * len(Standing)])


def waiting_table(document: Document, said: Said) -> None:
    """The targets that are not on time."""
    if not said["waiting"]:
        return
    paragraph(document, f"没有按期的目标{more_of(said['waiting_more'])}如下：")
    rows = [
        [row["title"], row["shown"], row["label"], row["deadline"], row["reason"]]
        for row in said["waiting"]
    ]
    header = ["目标", "现值/目标值", "灯号", "期限", "说明"]
    table(document, header, rows, [48, 30, 18, 22, 44])


def more_of(count: int) -> str:
    return f"（另有 {count} 项见平台）" if count else ""


def body_table(document: Document, said: Said) -> None:
    if not said["bodies"]:
        paragraph(document, "没有逾期或 30 天内到期的任务。")
        return
    rows = [
        [
            row["name"],
            str(row["overdue"]),
            str(row["due_soon"]),
            f"{row['longest']} 天" if row["longest"] else "—",
        ]
        for row in said["bodies"]
    ]
    table(document, ["牵头单位", "逾期（项）", "临期（项）", "最久已迟"], rows, [72, 30, 30, 30])


def number_table(document: Document, said: Said) -> None:
    rows = [[row["title"], row["text"], row["note"], row["source"]] for row in said["numbers"]]
    table(document, ["指标", "数值", "说明", "来源"], rows, [40, 32, 44, 46])
