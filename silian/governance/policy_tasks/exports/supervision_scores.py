"""Scores for the performance review, as a workbook and as a document (履职评价导出)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from silian.foundation.kernel.file_checks import DOCX

HEADER = ("名次", "类别", "单位或县区", "得分", "评分项", "得分情况", "本项得分", "本项满分")
WORD_TYPE = DOCX.content_type
UNSET = "未设定"


@dataclass(frozen=True, kw_only=True)
class ScoredRow:
    """One department or county as it leaves the house: total and lines as text."""

    kind: str
    name: str
    total: str
    lines: Sequence[dict[str, Any]]


def sheet_rows(rows: Sequence[ScoredRow]) -> Iterator[list[Any]]:
    """One row for each line of the reckoning, ranked within its kind."""
    for place, row in ranked(rows):
        for line in row.lines or [{}]:
            yield [
                place,
                row.kind,
                row.name,
                row.total,
                line.get("name", ""),
                line.get("how", UNSET),
                line.get("points") or "",
                line.get("most", ""),
            ]


def ranked(rows: Sequence[ScoredRow]) -> Iterator[tuple[int, ScoredRow]]:
    """Places begin anew for each kind; equal totals share a place."""
    places: dict[str, tuple[int, int, str]] = {}
    for row in rows:
        count, place, total = places.get(row.kind, (0, 0, ""))
        count += 1
        place = place if row.total == total else count
        places[row.kind] = (count, place, row.total)
        yield place, row


def score_document(*, title: str, basis: str, rows: Sequence[ScoredRow]) -> bytes:
    """A document with the ranking and, for each, how its score came about."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "SimSun", Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(title)
    run.bold, run.font.size = True, Pt(16)
    document.add_paragraph(basis)
    add_ranking(document, rows)
    for place, row in ranked(rows):
        document.add_paragraph(f"{row.kind}第 {place} 名　{row.name}　{row.total}").runs[
            0
        ].bold = True
        for line in row.lines:
            points = line.get("points") or "不计"
            document.add_paragraph(
                f"{line['name']}：{points}（满分 {line['most']}）。{line['how']}"
            )
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def add_ranking(document: Any, rows: Sequence[ScoredRow]) -> None:
    table = document.add_table(rows=1, cols=4)
    table.style = "Table Grid"
    for cell, label in zip(table.rows[0].cells, HEADER[:4], strict=True):
        cell.text = label
    for place, row in ranked(rows):
        values = (str(place), row.kind, row.name, row.total)
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = value
