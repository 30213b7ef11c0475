"""One row of a file becomes the content of a listing, or the reasons why it cannot."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from silian_engines.matching.field_parsing.headcount import parse_headcount
from silian_engines.matching.field_parsing.levels import parse_education
from silian_engines.matching.field_parsing.regions import DivisionTable
from silian_engines.matching.field_parsing.salary import PayPeriod, Salary, parse_salary

from silian.operations.exchange.kinds.declaration import FieldType, KindField, ListingKind
from silian.operations.exchange.rules.import_columns import DETAIL_PREFIX

LONGEST_TITLE = 80
LONGEST_DESCRIPTION = 5_000
LONGEST_PLACE = 120
LONGEST_VALUE = 300
LARGEST_QUANTITY = 100_000
PAY_UNITS = {
    PayPeriod.MONTH: "元/月",
    PayPeriod.YEAR: "元/年",
    PayPeriod.DAY: "元/天",
    PayPeriod.HOUR: "元/小时",
}
YES_WORDS = {"是": True, "有": True, "y": True, "yes": True, "1": True, "否": False, "无": False}
YES_WORDS |= {"n": False, "no": False, "0": False}


@dataclass(frozen=True, kw_only=True)
class CellProblem:
    """A cell that could not be read; a row with one that ``refuses`` is not taken in."""

    target: str
    text: str
    sentence: str
    refuses: bool = True


@dataclass(kw_only=True)
class ImportedRow:
    """A row as read: what goes into the listing, and what is wrong."""

    number: int
    external_id: str = ""
    employer: str = ""
    content: dict[str, Any] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)
    has_region: bool = False
    salary: Salary | None = None

    @property
    def is_refused(self) -> bool:
        return any(problem.refuses for problem in self.problems)

    def refuse(self, target: str, text: str, sentence: str, *, refuses: bool = True) -> None:
        problem = CellProblem(
            target=target, text=text[:LONGEST_VALUE], sentence=sentence, refuses=refuses
        )
        self.problems.append(problem)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Reads rows of one kind; ``home`` is the division of rows that name none."""

    kind: ListingKind
    divisions: DivisionTable
    home: str
    today: datetime.date

    def read(self, cells: Mapping[str, str], *, number: int) -> ImportedRow:
        """Cells by field name become an imported row."""
        row = ImportedRow(number=number, employer=cells.get("employer", "").strip()[:120])
        self._title(row, cells.get("title", ""))
        self._region(row, cells.get("region", ""))
        self._price(row, cells.get("price", ""))
        self._capacity(row, cells.get("capacity", ""))
        row.content["description"] = description_of(cells)
        self._details(row, cells)
        row.external_id = cells.get("external_id", "").strip()[:80] or fingerprint_of(cells)
        return row

    def _title(self, row: ImportedRow, text: str) -> None:
        title = " ".join(text.split())
        if not title:
            row.refuse("title", text, "没有标题，请填写岗位或项目名称。")
        elif len(title) > LONGEST_TITLE:
            sentence = f"标题超过 {LONGEST_TITLE} 个字，已截短，原文保留在说明里。"
            row.refuse("title", text, sentence, refuses=False)
            row.content["description"] = title
        row.content["title"] = title[:LONGEST_TITLE]

    def _region(self, row: ImportedRow, text: str) -> None:
        found = self.divisions.region_of(text)
        row.has_region = bool(found.code)
        row.content["division_id"] = found.code or self.home
        row.content["place"] = " ".join(text.split())[:LONGEST_PLACE]
        if found.problem:
            sentence = f"{found.problem}暂记为发布单位所在地。"
            row.refuse("region", text, sentence, refuses=bool(text.strip()))

    def _price(self, row: ImportedRow, text: str) -> None:
        salary = parse_salary(text)
        row.salary = salary
        if salary.problem:
            row.refuse("price", text, salary.problem)
            return
        low, high = salary.minimum, salary.maximum
        unit = PAY_UNITS.get(salary.period)
        if unit is None:
            low, high, unit = salary.monthly_minimum, salary.monthly_maximum, "元/月"
        low = high if low is None else low
        row.content["price_min"] = rounded(low)
        row.content["price_max"] = rounded(low if high is None else high)
        row.content["price_unit"] = unit if low is not None else ""

    def _capacity(self, row: ImportedRow, text: str) -> None:
        found = parse_headcount(text)
        count = found.maximum or found.minimum
        if found.problem:
            row.refuse("capacity", text, found.problem, refuses=False)
        if count is not None and not 0 < count <= LARGEST_QUANTITY:
            row.refuse("capacity", text, "数量应在 1 到 100,000 之间，已留空。", refuses=False)
            count = None
        row.content["capacity"] = count

    def _details(self, row: ImportedRow, cells: Mapping[str, str]) -> None:
        for item in self.kind.fields:
            text = cells.get(DETAIL_PREFIX + item.name, "").strip()
            if text:
                value, problem = detail_value(text, item=item)
                if problem:
                    row.refuse(DETAIL_PREFIX + item.name, text, problem)
                else:
                    row.details[item.name] = value
        if row.employer:
            row.details["employer"] = row.employer
        education = cells.get("education", "").strip()
        if education:
            row.details.setdefault("education_text", education[:LONGEST_VALUE])
            problem = parse_education(education).problem
            if problem:
                row.refuse("education", education, problem, refuses=False)
        for name in ("experience", "posted", "industry", "benefits"):
            text = " ".join(cells.get(name, "").split())
            if text:
                row.details[f"{name}_text"] = text[:LONGEST_VALUE]


def description_of(cells: Mapping[str, str]) -> str:
    text = cells.get("description", "").replace("\x00", "").strip()
    return text[:LONGEST_DESCRIPTION]


def rounded(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(Decimal("0.01"))


def fingerprint_of(cells: Mapping[str, str]) -> str:
    """An identity for rows without one: the same row twice is the same listing."""
    parts = (cells.get(name, "").strip() for name in ("title", "employer", "region", "price"))
    return "h:" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def detail_value(text: str, *, item: KindField) -> tuple[Any, str | None]:
    """A cell as the value of a kind's own field, or why it is none."""
    if item.type in (FieldType.NUMBER, FieldType.MONEY):
        return number_value(text, item=item)
    if item.type is FieldType.CHOICE:
        if text in item.choices:
            return text, None
        return None, f"“{item.label}”应为{'、'.join(item.choices)}之一。"
    if item.type is FieldType.CHOICES:
        parts = [part for part in text.replace("，", "、").replace(",", "、").split("、") if part]
        unknown = [part for part in parts if part not in item.choices]
        return (None, f"“{item.label}”没有“{unknown[0]}”这一项。") if unknown else (parts, None)
    if item.type is FieldType.YES_NO:
        answer = YES_WORDS.get(text.lower())
        return answer, None if answer is not None else f"“{item.label}”请填是或否。"
    if item.type is FieldType.DATE:
        return date_value(text, item=item)
    return text[:LONGEST_DESCRIPTION], None


def number_value(text: str, *, item: KindField) -> tuple[Any, str | None]:
    try:
        amount = Decimal(text.replace(",", "").removesuffix(item.unit))
    except InvalidOperation:
        return None, f"“{item.label}”应为数字，现为“{text}”。"
    too_large = item.most is not None and amount > item.most
    if not amount.is_finite() or amount < item.least or too_large:
        return None, f"“{item.label}”超出范围，请核对。"
    return (f"{amount:.2f}" if item.type is FieldType.MONEY else int(amount)), None


def date_value(text: str, *, item: KindField) -> tuple[Any, str | None]:
    plain = text.replace("/", "-").replace(".", "-")[:10]
    try:
        return datetime.date.fromisoformat(plain).isoformat(), None
    except ValueError:
        return None, f"“{item.label}”应为日期，例如 2026-06-30。"
