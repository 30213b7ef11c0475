"""What a line of an imported sheet says, cell by cell (导入表格)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from silian.operations.learning.rules.figures import NOTHING, Figures, Line

CODE, NAME = "统一社会信用代码", "企业名称"
MONEY = {"职工工资总额": "wages", "提取的经费": "extracted", "以前年度结转未扣除": "carried_in"}
PEOPLE = {"年末职工人数": "staff", "一线职工人数": "frontline_staff"}
FRONTLINE = "，其中一线"
MOST_MONEY = Decimal("999999999999.99")
MOST_PEOPLE = 2_000_000


@dataclass(frozen=True, kw_only=True)
class CellProblem:
    """One cell that cannot be taken in, and what to do (单元格错误)."""

    row: int
    column: str
    text: str
    sentence: str


def headings(*, kinds: Mapping[str, str], classes: Mapping[str, str]) -> list[str]:
    """The columns of the template, in order (模板列)."""
    lines = [name for label in kinds.values() for name in (label, label + FRONTLINE)]
    return [CODE, NAME, *MONEY, *PEOPLE, *lines, *classes.values()]


class RowReader:
    """Reads the cells of one line and collects what is wrong with each."""

    def __init__(self, *, row: int, cells: Mapping[str, str]) -> None:
        self.row, self.cells = row, cells
        self.problems: list[CellProblem] = []

    def text(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def refuse(self, column: str, sentence: str) -> None:
        problem = CellProblem(
            row=self.row, column=column, text=self.text(column)[:60], sentence=sentence
        )
        self.problems.append(problem)

    def money(self, column: str) -> Decimal:
        """An amount in yuan; an empty cell is zero."""
        text = self.text(column).replace(",", "").replace("，", "")
        if not text:
            return NOTHING
        try:
            value = Decimal(text)
        except InvalidOperation:
            self.refuse(column, "应为金额，单位元，例如 1200000.00。")
            return NOTHING
        if not value.is_finite() or not 0 <= value <= MOST_MONEY:
            self.refuse(column, "应为不小于零的金额，单位元。")
            return NOTHING
        if value != value.quantize(Decimal("0.01")):
            self.refuse(column, "最多两位小数。")
        return value.quantize(Decimal("0.01"))

    def people(self, column: str) -> int:
        text = self.text(column)
        if not text:
            return 0
        if not (text.isascii() and text.isdigit()) or int(text[:9]) > MOST_PEOPLE or len(text) > 9:
            self.refuse(column, "应为人数，写整数。")
            return 0
        return int(text)

    def figures(self, *, kinds: Mapping[str, str], classes: Mapping[str, str]) -> Figures:
        """All numbers of the line; whoever asks looks at ``problems`` too."""
        spending: dict[str, Line] = {}
        for kind, label in kinds.items():
            amount, part = self.money(label), self.money(label + FRONTLINE)
            if part > amount:
                self.refuse(label + FRONTLINE, "用于一线职工的部分多于支出，请核对。")
            spending[kind] = (amount, part)
        money = {field: self.money(column) for column, field in MONEY.items()}
        people = {field: self.people(column) for column, field in PEOPLE.items()}
        if money["wages"] <= 0 and not any(each.column == "职工工资总额" for each in self.problems):
            self.refuse("职工工资总额", "应大于零。")
        if people["frontline_staff"] > people["staff"]:
            self.refuse("一线职工人数", "不能多于年末职工人数。")
        trained = {code: self.people(label) for code, label in classes.items()}
        return Figures(
            wages=money["wages"],
            extracted=money["extracted"],
            carried_in=money["carried_in"],
            staff=people["staff"],
            frontline_staff=people["frontline_staff"],
            spending=spending,
            trainees=trained,
        )
