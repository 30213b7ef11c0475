"""Reading a payroll sheet: what each cell must be, and which row is whose."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.money import parse_yuan

NUMBER, NAME, AMOUNT, PAID_ON = "学号", "姓名", "金额", "到账日期"
HEADINGS = (NUMBER, NAME, AMOUNT, PAID_ON)
ALIASES = {
    "学生学号": NUMBER,
    "学生姓名": NAME,
    "实发金额": AMOUNT,
    "实发": AMOUNT,
    "金额（元）": AMOUNT,
    "发放日期": PAID_ON,
    "日期": PAID_ON,
}
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?")
MOST_ROWS = 5_000


@dataclass(frozen=True, kw_only=True)
class Owed:
    """A month that a row may pay (待发的月份)."""

    pay_record_id: int
    name: str
    has_account: bool
    unpaid: Decimal


@dataclass(kw_only=True)
class SheetRow:
    """One row as read, with what is wrong in which cell (发放表的一行)."""

    line: int
    cells: dict[str, str]
    problems: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    pay_record_id: int | None = None
    amount: str = ""
    paid_on: str = ""

    @property
    def is_good(self) -> bool:
        return not self.problems

    def stored(self) -> dict[str, Any]:
        return {**asdict(self), "is_good": self.is_good}


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Where each wanted column stands; refuses a sheet without one of them."""
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = ALIASES.get(heading.strip(), heading.strip())
        if name in HEADINGS:
            places.setdefault(name, place)
    missing = [name for name in HEADINGS if name not in places]
    if missing:
        raise DomainError(
            f"表格第一行缺少列：{'、'.join(missing)}。请按模板补上后再上传。", field="file"
        )
    return places


def read_rows(
    rows: Iterable[Sequence[str]],
    *,
    places: Mapping[str, int],
    owed: Mapping[str, Owed],
    month: datetime.date,
    today: datetime.date,
) -> list[SheetRow]:
    """Every row that is not empty, checked cell by cell; ``owed`` is by student number."""
    found: list[SheetRow] = []
    taken: dict[str, int] = {}
    for line, row in enumerate(rows, start=2):
        cells = {name: cell_of(row, place) for name, place in places.items()}
        if not any(cells.values()):
            continue
        read = SheetRow(line=line, cells=cells)
        check_student(read, owed=owed, taken=taken)
        check_amount(read, owed=owed)
        check_day(read, month=month, today=today)
        found.append(read)
    if not found:
        raise DomainError("表格里没有数据行。", field="file")
    if len(found) > MOST_ROWS:
        raise DomainError(f"一次最多 {MOST_ROWS:,} 行，请分几次上传。", field="file")
    return found


def cell_of(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def check_student(row: SheetRow, *, owed: Mapping[str, Owed], taken: dict[str, int]) -> None:
    number, name = row.cells[NUMBER], row.cells[NAME]
    month = owed.get(number)
    if not number:
        row.problems[NUMBER] = "缺学号"
    elif month is None:
        row.problems[NUMBER] = "本单位当月没有这个学号的实习学生"
    elif number in taken:
        row.problems[NUMBER] = f"与第 {taken[number]} 行重复"
    elif name != month.name:
        row.problems[NAME] = "姓名与学号不符"
    elif not month.has_account:
        row.problems[NAME] = "学生还没有登记本人账户"
    else:
        row.pay_record_id = month.pay_record_id
    taken.setdefault(number, row.line)


def check_amount(row: SheetRow, *, owed: Mapping[str, Owed]) -> None:
    text = row.cells[AMOUNT]
    if not text:
        row.problems[AMOUNT] = "缺金额"
        return
    try:
        amount = parse_yuan(text)
    except DomainError as refusal:
        row.problems[AMOUNT] = refusal.sentence
        return
    if amount <= 0:
        row.problems[AMOUNT] = "金额应大于 0"
        return
    row.amount = str(amount)
    month = owed.get(row.cells[NUMBER])
    if month is not None and amount != month.unpaid:
        gap = amount - month.unpaid
        row.notes.append(f"比应付{'多' if gap > 0 else '少'} {abs(gap):,.2f} 元")


def check_day(row: SheetRow, *, month: datetime.date, today: datetime.date) -> None:
    found = DAY.fullmatch(row.cells[PAID_ON])
    try:
        day = datetime.date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        row.problems[PAID_ON] = "日期应写成 2026-03-10"
    elif day > today:
        row.problems[PAID_ON] = "晚于今天"
    elif day < month:
        row.problems[PAID_ON] = f"早于 {month:%Y-%m}"
    else:
        row.paid_on = day.isoformat()
