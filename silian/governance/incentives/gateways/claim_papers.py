"""Papers of a claim as files: typeset pages, and the tables as a workbook (材料排版)."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from silian.foundation.kernel.money import format_yuan
from silian.foundation.kernel.typesetting import typeset
from silian.governance.incentives.choices.claim_papers import PaperKind

PRINT = Path(__file__).resolve().parents[1] / "print"
MONEY, NUMBER, DAY = "money", "number", "day"
CHARACTERS = 7  # of a sheet's column, for one share of the printed width
WIDEST = 60
LEFT_OUT = ("姓名或事项", "学校或类别", "期间", "不计入的原因")


def paper_pdf(kind: str, said: Mapping[str, Any]) -> bytes:
    """The paper as a PDF; amounts with separators (PDF)."""
    return typeset(PRINT / f"claim_{PaperKind(kind).value}.typ", shown(said))


def shown(said: Mapping[str, Any]) -> dict[str, Any]:
    """What the page reads: amounts of money as people write them."""
    sums = ("planned", "total", "rounding")
    words: dict[str, Any] = {key: yuan(said[key]) for key in sums if key in said}
    if said.get("advance"):
        words["advance"] = {key: yuan(value) for key, value in said["advance"].items()}
    if "lines" in said and said["lines"] and isinstance(said["lines"][0], Mapping):
        words["lines"] = [{**row, "amount": yuan(row["amount"])} for row in said["lines"]]
    return {**said, **words, "rows": shown_rows(said)}


def shown_rows(said: Mapping[str, Any]) -> list[list[str]]:
    """Rows with money written out; a calculation sheet has its amount in one place."""
    kinds = [each[1] for each in said.get("columns", [])] or ["", "", "", "", MONEY, ""]
    return [
        [yuan(cell) if kind == MONEY else cell for cell, kind in zip(row, kinds, strict=True)]
        for row in said.get("rows", [])
    ]


def yuan(amount: str) -> str:
    return format_yuan(Decimal(amount))


def roster_workbook(said: Mapping[str, Any]) -> bytes:
    """The roster as a workbook that adds up by itself (花名册电子表)."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": datetime.datetime.fromisoformat(said["made_at"])})
        write_roster(book, said)
        if said["left_out"]:
            write_plain(book, "不计入", LEFT_OUT, said["left_out"])
        write_plain(book, "说明", ("项目", "内容"), notes_of(said))
    return target.getvalue()


def write_roster(book: Any, said: Mapping[str, Any]) -> None:
    """Title, headings, one row a head, the total as a formula with its value."""
    columns, rows = said["columns"], said["rows"]
    page = book.add_worksheet("名册")
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(2)
    page.freeze_panes(3, 2)
    style = styles(book)
    page.merge_range(0, 0, 0, len(columns), title_of(said), style["title"])
    page.write(1, 0, subtitle_of(said), style["note"])
    page.write_row(2, 0, ["序号", *(each[0] for each in columns)], style["head"])
    page.set_column(0, 0, 6)
    for place, (_, _, width) in enumerate(columns, start=1):
        page.set_column(place, place, min(width * CHARACTERS, WIDEST))
    for line, row in enumerate(rows, start=3):
        page.write_number(line, 0, line - 2, style["text"])
        for place, (cell, column) in enumerate(zip(row, columns, strict=True), start=1):
            write_cell(page, line, place, cell, column[1], style)
    write_total(page, said, style)


def write_cell(page: Any, line: int, place: int, cell: str, kind: str, style: Any) -> None:
    """Numbers, money and days as such, the rest as text."""
    if kind in (MONEY, NUMBER):
        page.write_number(line, place, Decimal(cell), style[kind])
    elif kind == DAY:
        page.write_datetime(line, place, datetime.date.fromisoformat(cell), style[DAY])
    else:
        page.write_string(line, place, cell, style["text"])


def write_total(page: Any, said: Mapping[str, Any], style: Any) -> None:
    """The last row: heads and the sum of the column of amounts."""
    columns, rows = said["columns"], said["rows"]
    line, last = 3 + len(rows), len(columns)
    page.merge_range(line, 0, line, last - 1, f"合计 {len(rows)} {said['noun']}", style["total"])
    letter = chr(ord("A") + last)
    formula = f"=SUM({letter}4:{letter}{line})" if rows else "=0"
    page.write_formula(line, last, formula, style["money_total"], float(Decimal(said["total"])))


def write_plain(book: Any, name: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    page = book.add_worksheet(name)
    style = styles(book)
    page.set_column(0, 0, 20)
    page.set_column(1, len(head) - 1, 36)
    page.write_row(0, 0, head, style["head"])
    for line, row in enumerate(rows, start=1):
        page.write_row(line, 0, row, style["text"])


def styles(book: Any) -> dict[str, Any]:
    """Grid, heads and formats of a Chinese form."""
    grid = {"border": 1, "valign": "vcenter", "font_name": "宋体", "font_size": 10}
    wrapped = {**grid, "text_wrap": True}
    return {
        "title": book.add_format(
            {"bold": True, "font_size": 16, "align": "center", "font_name": "宋体"}
        ),
        "note": book.add_format({"font_size": 10, "font_name": "宋体"}),
        "head": book.add_format({**wrapped, "bold": True, "align": "center"}),
        "text": book.add_format(wrapped),
        MONEY: book.add_format({**grid, "num_format": "#,##0.00"}),
        NUMBER: book.add_format({**grid, "num_format": "0.####"}),
        DAY: book.add_format({**grid, "num_format": "yyyy-mm-dd"}),
        "total": book.add_format({**grid, "bold": True}),
        "money_total": book.add_format({**grid, "bold": True, "num_format": "#,##0.00"}),
    }


def title_of(said: Mapping[str, Any]) -> str:
    return f"{said['title']}（演示数据）" if said["is_demo"] else str(said["title"])


def subtitle_of(said: Mapping[str, Any]) -> str:
    return f"编号 {said['number']}　{said['organisation']}　{said['call']}　{said['period']}"


def notes_of(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where the workbook comes from, so that it can be compared with the printed paper."""
    rule = said["rule"]
    return [
        ("申领编号", said["claim"]),
        ("申领单位", said["organisation"]),
        ("统一社会信用代码", said["uscc"]),
        ("测算金额（元）", said["planned"]),
        ("规则", f"{rule['id']} {rule['title']}，版本 {rule['version']}"),
        ("数据校验码", said["check_code"]),
        ("生成", f"由平台生成，{said['made_at']}"),
        ("说明", "金额和依据条款见资金计算明细表；证件号只显示部分数字。"),
    ]
