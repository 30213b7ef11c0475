"""A comparison to take away: one sheet for the rules, one for the clauses (xlsx)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from silian.foundation.ui.exports import plain
from silian.registers.policies.choices import Force
from silian.registers.policies.models.clauses import Clause, ClauseTarget
from silian.registers.policies.queries.comparison import Comparison

RULE_HEAD = ("规则组", "规则", "{a}：要求", "{a}：条款", "{b}：要求", "{b}：条款", "结论")
CLAUSE_HEAD = ("对应", "共有词占比", "{a}：条款", "{a}：文字", "{b}：条款", "{b}：文字")
WIDTHS = (12, 24, 40, 24, 40, 24, 30)


def comparison_workbook(comparison: Comparison) -> bytes:
    """Both tables of the page as a workbook (导出对照表)."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    names = {"a": comparison.left.reference, "b": comparison.right.reference}
    write_sheet(
        book, "规则对照", head=[h.format(**names) for h in RULE_HEAD], rows=rules(comparison)
    )
    write_sheet(
        book, "条款对照", head=[h.format(**names) for h in CLAUSE_HEAD], rows=clauses(comparison)
    )
    book.close()
    return target.getvalue()


def write_sheet(
    book: Any, title: str, *, head: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    sheet = book.add_worksheet(title)
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    for place, width in enumerate(WIDTHS[: len(head)]):
        sheet.set_column(place, place, width)
    sheet.write_row(0, 0, head, bold)
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            sheet.write_string(line, place, plain(value), wrap)


def rules(comparison: Comparison) -> Iterable[tuple[str, ...]]:
    for row in comparison.rules:
        group = row.pair.group
        yield (
            group.code or "—",
            group.title,
            words_of(row.left),
            place_of(row.left.clause if row.left else None),
            words_of(row.right),
            place_of(row.right.clause if row.right else None),
            row.sentence,
        )


def words_of(target: ClauseTarget | None) -> str:
    """The phrase with its force and deadline."""
    if target is None:
        return ""
    until = f"，{target.deadline_on:%Y-%m-%d} 前" if target.deadline_on else ""
    return f"{target.phrase}（{Force(target.force).label}{until}）"


def place_of(clause: Clause | None) -> str:
    return f"{clause.place} {clause.heading}，第 {clause.line_start} 行" if clause else ""


def clauses(comparison: Comparison) -> Iterable[tuple[str, ...]]:
    for row in comparison.clauses:
        paired = row.left is not None and row.right is not None
        yield (
            row.label,
            f"{row.pairing.shared}/{row.pairing.total}" if paired else "",
            place_of(row.left),
            row.left.text if row.left else "",
            place_of(row.right),
            row.right.text if row.right else "",
        )
