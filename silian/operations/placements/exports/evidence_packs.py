"""Proof of what a host spent on interns in a year, for its tax file (备查材料)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from silian.operations.placements.queries.evidence import Evidence

AGREEMENTS = ("协议编号", "名称", "学校", "起始日", "终止日（不含）", "状态", "学生")
PAYMENTS = (
    "月份",
    "学生",
    "学校",
    "班级",
    "约定月报酬（元）",
    "应得（元）",
    "到账日",
    "到账金额（元）",
    "支付方式",
    "收款账户（末四位）",
    "学生核对",
)
POLICIES = (
    "保单号",
    "险种",
    "保险机构",
    "起保日",
    "终保日（不含）",
    "保费承担",
    "被保险学生",
    "起",
    "止（不含）",
)
FILES = ("文件", "类别", "校验值（SHA-256）", "保存时间")


def evidence_pack(evidence: Evidence) -> bytes:
    """A workbook: what it is about, agreements, pay, insurance, files (备查材料)."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    about(book, evidence)
    sheet(book, "协议", AGREEMENTS, evidence.agreements)
    sheet(book, "报酬", PAYMENTS, evidence.payments)
    sheet(book, "保险", POLICIES, evidence.policies)
    sheet(book, "文件清单", FILES, evidence.files)
    book.close()
    return target.getvalue()


def about(book: Any, evidence: Evidence) -> None:
    page = book.add_worksheet("说明")
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 90)
    lines = [
        ("单位", evidence.host),
        ("年度", f"{evidence.year} 年"),
        ("实习学生", f"{evidence.students} 人"),
        ("到账报酬合计", f"{evidence.paid:,.2f} 元（按到账日归年，不含已退回）"),
        (
            "协议 / 保单 / 文件",
            f"{len(evidence.agreements)} / {len(evidence.policies)} / {len(evidence.files)}",
        ),
        ("依据", "教职成〔2021〕4号第十九条：接收实习发生的支出按规定在企业所得税前扣除。"),
        ("说明", "本表从平台登记的协议、到账和保单生成，供备查；能否扣除以税务机关认定为准。"),
        ("生成时间", f"{evidence.made_at:%Y-%m-%d %H:%M}"),
    ]
    for place, line in enumerate(lines):
        page.write_row(place, 0, line)


def sheet(book: Any, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page = book.add_worksheet(name)
    page.freeze_panes(1, 0)
    page.set_column(0, len(header) - 1, 18)
    page.write_row(0, 0, header, bold)
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if hasattr(value, "isoformat"):
                page.write_datetime(line, place, value, day)
            else:
                page.write(line, place, value)
