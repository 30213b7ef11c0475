"""The minutes of a deciding meeting as a document (审定会纪要)."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from silian.casework.reviews.choices.deciding import Outcome
from silian.casework.reviews.queries.deciding import Board, Matter

HEADER = ("名次", "认定对象", "总分", "有表决权", "到会", "赞成", "反对", "弃权", "结果")
ROLL_HEADER = ("认定对象", "成员", "表决", "理由")


def minutes_docx(board: Board) -> bytes:
    """Who came, what was said, how each voted on each dossier, what was decided."""
    meeting = board.meeting
    document = Document()
    title = document.add_heading(f"{meeting.campaign.title}审定会纪要", level=1)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    day = meeting.held_on
    document.add_paragraph(f"时间：{day.year}年{day.month}月{day.day}日　地点：{meeting.place}")
    for word, is_present in (("到会", True), ("未到会", False)):
        names = [
            f"{row.user.name}（{row.organisation.name}）"
            for row in board.members
            if bool(row.is_present) is is_present
        ]
        document.add_paragraph(f"{word} {len(names)} 人：{'、'.join(names) or '无'}")
    document.add_heading("一、讨论", level=2)
    document.add_paragraph(meeting.minutes or "会议尚未结束。")
    document.add_heading("二、表决结果", level=2)
    fill(document, HEADER, [count_row(matter) for matter in board.matters])
    document.add_heading("三、记名表决", level=2)
    fill(document, ROLL_HEADER, [row for matter in board.matters for row in roll_rows(matter)])
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def count_row(matter: Matter) -> tuple[Any, ...]:
    tally = matter.tally
    return (
        matter.dossier.rank or "不计分",
        matter.dossier.subject_name,
        matter.dossier.points if matter.dossier.points is not None else "",
        tally.eligible,
        tally.present,
        tally.in_favour,
        tally.against,
        tally.abstained,
        outcome_word(matter.outcome),
    )


def outcome_word(outcome: Outcome | None) -> str:
    return outcome.label if outcome else "未达法定人数"


def roll_rows(matter: Matter) -> list[tuple[str, ...]]:
    return [
        (
            matter.dossier.subject_name,
            line.member.user.name,
            line.word,
            line.reason or line.barred,
        )
        for line in matter.roll
    ]


def fill(document: Any, header: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    table = document.add_table(rows=1, cols=len(header), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, header, strict=True):
        cell.text = text
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = str(value)
