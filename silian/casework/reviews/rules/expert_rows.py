"""Rows of an expert list as people bring it in a spreadsheet (专家名单)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from silian.casework.reviews.choices.judging import ExpertField

LOGIN, NAME, TITLE, FIELDS, STARTS, ENDS = (
    "登录名",
    "姓名",
    "职称或职务",
    "专业领域",
    "聘期起",
    "聘期止",
)
COLUMNS = (LOGIN, NAME, TITLE, FIELDS, STARTS, ENDS)
SEPARATORS = re.compile(r"[、,，;；/\s]+")
LONGEST_TITLE = 60


@dataclass(frozen=True, kw_only=True)
class CellFault:
    """One wrong cell: where it stands and what to do (单元格问题)."""

    row: int
    column: str
    said: str
    fault: str


@dataclass(frozen=True, kw_only=True)
class ExpertRow:
    """One good line of the list."""

    row: int
    login: str
    name: str
    title: str
    fields: tuple[str, ...]
    starts_on: datetime.date
    ends_on: datetime.date


def read_rows(
    rows: Iterable[tuple[int, dict[str, str]]],
) -> tuple[list[ExpertRow], list[CellFault]]:
    """The lines as experts, and every cell that cannot be read; a faulty line gives no expert."""
    good: list[ExpertRow] = []
    faults: list[CellFault] = []
    seen: dict[str, int] = {}
    for number, cells in rows:
        reader = RowReader(number, {name: cells.get(name, "").strip() for name in COLUMNS})
        found = reader.read()
        if found is not None and found.login in seen:
            reader.blame(LOGIN, f"与第 {seen[found.login]} 行重复")
            found = None
        faults += reader.faults
        if found is not None:
            seen[found.login] = number
            good.append(found)
    return good, faults


class RowReader:
    """Reads one line and notes what is wrong with its cells."""

    def __init__(self, number: int, cells: dict[str, str]) -> None:
        self.number, self.cells = number, cells
        self.faults: list[CellFault] = []

    def blame(self, column: str, fault: str) -> None:
        said = self.cells[column][:60]
        self.faults.append(CellFault(row=self.number, column=column, said=said, fault=fault))

    def read(self) -> ExpertRow | None:
        for column in (LOGIN, TITLE):
            if not self.cells[column]:
                self.blame(column, "没有填写")
        if len(self.cells[TITLE]) > LONGEST_TITLE:
            self.blame(TITLE, f"超过 {LONGEST_TITLE} 字")
        fields = self.fields()
        starts, ends = self.day(STARTS), self.day(ENDS)
        if starts and ends and ends <= starts:
            self.blame(ENDS, "应晚于聘期起")
        if self.faults or starts is None or ends is None:
            return None
        return ExpertRow(
            row=self.number,
            login=self.cells[LOGIN],
            name=self.cells[NAME],
            title=self.cells[TITLE],
            fields=fields,
            starts_on=starts,
            ends_on=ends,
        )

    def fields(self) -> tuple[str, ...]:
        """The fields by their Chinese names."""
        codes = {label: code for code, label in ExpertField.choices}
        names = [name for name in SEPARATORS.split(self.cells[FIELDS]) if name]
        unknown = [name for name in names if name not in codes]
        if not names:
            self.blame(FIELDS, "没有填写")
        elif unknown:
            known = "、".join(codes)
            self.blame(FIELDS, f"“{unknown[0]}”不是专业领域，可填：{known}")
        return tuple(dict.fromkeys(codes[name] for name in names if name in codes))

    def day(self, column: str) -> datetime.date | None:
        text = self.cells[column].split(" ")[0].replace("/", "-").replace(".", "-")
        try:
            year, month, day = (int(part) for part in text.split("-"))
            return datetime.date(year, month, day)
        except ValueError:
            self.blame(column, "应为日期，例如 2026-09-01" if text else "没有填写")
            return None
