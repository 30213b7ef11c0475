"""A roster of students from a file, cell by cell, before anything is looked up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

NAME, ID_NUMBER, NUMBER = "姓名", "居民身份证号", "学号"
PROGRAMME, YEAR, CLASS = "专业", "年级", "班级"
PHONE, GUARDIAN, GUARDIAN_PHONE = "手机号", "监护人姓名", "监护人手机号"
REQUIRED = (NAME, ID_NUMBER, NUMBER, PROGRAMME, YEAR, CLASS)
COLUMNS = (*REQUIRED, PHONE, GUARDIAN, GUARDIAN_PHONE)
SECRET = frozenset({ID_NUMBER, PHONE, GUARDIAN_PHONE})
PHONE_SHAPE = re.compile(r"1\d{10}")
WHOLE_ROW = "整行"
IdCheck = Callable[[str], str | None]


@dataclass(frozen=True, kw_only=True)
class RosterRow:
    """One student as the file tells (名单中的一行)."""

    row: int
    name: str
    id_number: str
    number: str
    programme: str
    year: str
    school_class: str
    phone: str = ""
    guardian: str = ""
    guardian_phone: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class RosterCell:
    """A cell that cannot be taken as it stands; identity and phone numbers are not repeated."""

    row: int
    column: str
    text: str
    sentence: str


def problem(row: int, column: str, text: str, sentence: str) -> RosterCell:
    """A problem that never shows what must stay unseen."""
    shown = "（不显示）" if column in SECRET and text else text[:100]
    return RosterCell(row=row, column=column, text=shown, sentence=sentence)


def read_roster(
    rows: Iterable[tuple[int, Mapping[str, str]]], *, id_check: IdCheck
) -> tuple[list[RosterRow], list[RosterCell]]:
    """Every row, and what is wrong with its cells (读取学生名单)."""
    found: list[RosterRow] = []
    problems: list[RosterCell] = []
    ids: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for place, cells in rows:
        row = row_of(place, cells)
        found.append(row)
        problems += cell_problems(row, id_check=id_check)
        problems += repeated(row, ids=ids, numbers=numbers)
    return found, problems


def row_of(place: int, cells: Mapping[str, str]) -> RosterRow:
    def cell(column: str) -> str:
        return " ".join(cells.get(column, "").split())

    return RosterRow(
        row=place,
        name=cell(NAME),
        id_number="".join(cells.get(ID_NUMBER, "").lstrip("'").split()).upper(),
        number=cell(NUMBER),
        programme=cell(PROGRAMME),
        year=cell(YEAR).removesuffix("级").strip(),
        school_class=cell(CLASS),
        phone=cell(PHONE).replace(" ", "").replace("-", ""),
        guardian=cell(GUARDIAN),
        guardian_phone=cell(GUARDIAN_PHONE).replace(" ", "").replace("-", ""),
    )


def cell_problems(row: RosterRow, *, id_check: IdCheck) -> list[RosterCell]:
    """What is wrong inside one row, told from the row alone."""
    found = [
        problem(row.row, column, "", "不能为空。")
        for column, text in zip(REQUIRED, required(row), strict=True)
        if not text
    ]
    wrong_id = id_check(row.id_number) if row.id_number else None
    if wrong_id:
        found.append(problem(row.row, ID_NUMBER, row.id_number, wrong_id))
    for column, text, longest in lengths(row):
        if len(text) > longest:
            found.append(problem(row.row, column, text, f"最多 {longest} 个字。"))
    return found + phone_problems(row)


def lengths(row: RosterRow) -> tuple[tuple[str, str, int], ...]:
    """The columns that have a longest text."""
    return (
        (NAME, row.name, 60),
        (NUMBER, row.number, 30),
        (CLASS, row.school_class, 60),
        (GUARDIAN, row.guardian, 60),
    )


def required(row: RosterRow) -> tuple[str, ...]:
    return (row.name, row.id_number, row.number, row.programme, row.year, row.school_class)


def phone_problems(row: RosterRow) -> list[RosterCell]:
    found = [
        problem(row.row, column, text, "手机号应为 1 开头的 11 位数字。")
        for column, text in ((PHONE, row.phone), (GUARDIAN_PHONE, row.guardian_phone))
        if text and not PHONE_SHAPE.fullmatch(text)
    ]
    if row.guardian_phone and not row.guardian:
        found.append(problem(row.row, GUARDIAN, "", "填了监护人手机号，也要填监护人姓名。"))
    return found


def repeated(row: RosterRow, *, ids: dict[str, int], numbers: dict[str, int]) -> list[RosterCell]:
    """The same identity or student number twice in one file."""
    found = []
    for column, text, seen in ((ID_NUMBER, row.id_number, ids), (NUMBER, row.number, numbers)):
        earlier = seen.setdefault(text, row.row) if text else row.row
        if earlier != row.row:
            found.append(problem(row.row, column, text, f"与第 {earlier} 行重复，请核对。"))
    return found
