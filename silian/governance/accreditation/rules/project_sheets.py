"""The columns of a file of projects: what each cell means, and what is wrong with it (项目导入)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.money import TEN_THOUSAND, parse_yuan
from silian.governance.accreditation.choices.projects import ProjectKind

OWNER, WHOLE_ROW = "申报单位", "整行"


class CellFault(ValueError):
    """A cell cannot be read as it stands; the message says how to write it."""


@dataclass(frozen=True, kw_only=True)
class SheetColumn:
    """One column: its heading, the fact it fills, how it is read."""

    heading: str
    fact: str
    read: Callable[[str], Any]
    is_required: bool = True
    default: Any = None
    example: str = ""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with one cell (问题)."""

    row: int
    column: str
    text: str
    sentence: str


def text_of(most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > most:
            raise CellFault(f"最多 {most} 个字，现在 {len(text)} 个。")
        return text

    return read


def kind_of(text: str) -> str:
    for value, label in ProjectKind.choices:
        if text in (label, value):
            return str(value)
    raise CellFault(f"可填：{'、'.join(label for _, label in ProjectKind.choices)}。")


def ten_thousands(text: str) -> Decimal:
    """Officials write totals in 万元; the house keeps yuan."""
    try:
        amount = parse_yuan(text)
    except DomainError as refusal:
        raise CellFault(refusal.sentence) from refusal
    if amount <= 0:
        raise CellFault("应大于 0，单位为万元。")
    has_unit = text.rstrip().endswith(("元", "万", "亿"))
    return amount if has_unit else amount * TEN_THOUSAND


def day(text: str) -> datetime.date:
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?", text)
    try:
        if found:
            return datetime.date(*map(int, found.groups()))
    except ValueError:
        pass
    raise CellFault("应为日期，例如 2026-07-01。")


def division(text: str) -> str:
    if not re.fullmatch(r"\d{6}", text):
        raise CellFault("应为六位行政区划代码，例如 990104。")
    return text


def codes(text: str) -> list[str]:
    found = [part for part in re.split(r"[、，,；;\s]+", text) if part]
    if any(not re.fullmatch(r"[A-Z]?\d{2,4}", part) for part in found):
        raise CellFault("应为国民经济行业代码，用顿号分开，例如 34、36。")
    return found


COLUMNS = (
    SheetColumn(heading=OWNER, fact="owner", read=text_of(120), example="青澜职业技术学院（演示）"),
    SheetColumn(heading="项目名称", fact="name", read=text_of(120), example="智能制造实训基地"),
    SheetColumn(heading="建设类别", fact="kind", read=kind_of, example="产教融合实训基地"),
    SheetColumn(heading="建设地区代码", fact="division_id", read=division, example="990104"),
    SheetColumn(heading="建设地点", fact="site", read=text_of(120), example="高新区创业路 8 号"),
    SheetColumn(
        heading="建设内容和规模",
        fact="content",
        read=text_of(3000),
        example="新建实训车间 8,000 平方米",
    ),
    SheetColumn(heading="总投资（万元）", fact="total", read=ten_thousands, example="3200"),
    SheetColumn(
        heading="计划开工日", fact="starts_on", read=day, is_required=False, example="2026-09-01"
    ),
    SheetColumn(
        heading="计划完工日", fact="ends_on", read=day, is_required=False, example="2027-12-31"
    ),
    SheetColumn(
        heading="服务行业代码", fact="industries", read=codes, is_required=False, default=[],
        example="34、36",
    ),
    SheetColumn(
        heading="责任人", fact="responsible", read=text_of(40), is_required=False, default=""
    ),
)  # fmt: skip
REQUIRED = tuple(column.heading for column in COLUMNS if column.is_required)
HEADINGS = tuple(column.heading for column in COLUMNS)


def read_project_row(place: int, row: Mapping[str, str]) -> tuple[dict[str, Any], list[Fault]]:
    """The facts of a row, and every cell that cannot be read."""
    facts: dict[str, Any] = {}
    faults: list[Fault] = []
    for column in COLUMNS:
        text = row.get(column.heading, "").strip()
        try:
            facts[column.fact] = read_cell(column, text)
        except CellFault as fault:
            faults.append(
                Fault(row=place, column=column.heading, text=text[:200], sentence=str(fault))
            )
    starts, ends = facts.get("starts_on"), facts.get("ends_on")
    if starts and ends and ends <= starts:
        sentence = "计划完工日应晚于计划开工日。"
        faults.append(Fault(row=place, column="计划完工日", text="", sentence=sentence))
    return facts, faults


def read_cell(column: SheetColumn, text: str) -> Any:
    if text:
        return column.read(text)
    if column.is_required:
        raise CellFault("不能为空。")
    return column.default
