"""Signed minutes as a Word document (会议纪要)."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.utils import timezone
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from silian.operations.alliances.models.decisions import Decision
from silian.operations.alliances.models.meetings import AgendaItem, Attendance, Meeting

FONT = "仿宋"
HEADING = "黑体"


def minutes_document(
    meeting: Meeting,
    *,
    agenda: Sequence[AgendaItem],
    decisions: Sequence[Decision],
    places: Sequence[Attendance],
) -> bytes:
    """The minutes with who came, the agenda, and what was decided. Basis: GB/T 9704-2012 10.3."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run(f"{meeting.body.name}会议纪要")
    run.font.size, run.bold = Pt(22), True
    held_at = timezone.localtime(meeting.held_at)
    line = document.add_paragraph(f"（{meeting.number}）")
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(f"时间：{held_at:%Y年%-m月%-d日 %H:%M}　地点：{meeting.place}")
    section(document, "一、议题", [f"{item.order}. {item.title}" for item in agenda])
    section(document, "二、会议情况", meeting.minutes.splitlines())
    section(document, "三、议定事项", [sentence_of(decision) for decision in decisions])
    came = [place.post.position for place in places if place.came]
    document.add_paragraph(f"到会：{'、'.join(came) or '未登记'}")
    document.add_paragraph(f"签发：{meeting.signed_by}　{meeting.signed_on:%Y年%-m月%-d日}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def section(document: Document, title: str, lines: Sequence[str]) -> None:  # type: ignore[valid-type]
    head = document.add_paragraph()  # type: ignore[attr-defined]
    run = head.add_run(title)
    run.font.name = HEADING
    run._element.rPr.rFonts.set(qn("w:eastAsia"), HEADING)
    for line in lines or ["无"]:
        document.add_paragraph(line)  # type: ignore[attr-defined]


def sentence_of(decision: Decision) -> str:
    """A decision as it stands in minutes: number, text, who, by when."""
    units = [f"牵头单位：{decision.lead}"] if decision.lead else []
    if shared := [str(body) for body in decision.cooperating.all()]:
        units.append(f"配合单位：{'、'.join(shared)}")
    if decision.due_on:
        units.append(f"完成期限：{decision.due_on:%Y年%-m月%-d日}")
    return f"{decision.number}　{decision.text}（{'；'.join(units) or '责任单位另行明确'}）"
