"""The columns of a file that says which student goes where (按名单安排)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STUDENT, NAME, HOST, POST = "学号", "姓名", "实习单位", "岗位"
TEACHER, REASON = "指导教师工号", "理由"
REQUIRED = (STUDENT, HOST, POST)
HEADINGS = (STUDENT, NAME, HOST, POST, TEACHER, REASON)
EXAMPLE = ("2024010001", "演示学生", "启衡精密制造（演示）", "数控操作", "T0012", "")


@dataclass(frozen=True, kw_only=True)
class ArrangementRow:
    """One row: student number, host, post, guide, and the reason that answers a warning."""

    place: int
    number: str
    name: str
    host: str
    post: str
    teacher: str
    reason: str


def read_arrangement(place: int, row: Mapping[str, str]) -> ArrangementRow:
    def cell(heading: str) -> str:
        return row.get(heading, "").strip()

    return ArrangementRow(
        place=place,
        number=cell(STUDENT),
        name=cell(NAME),
        host=cell(HOST),
        post=cell(POST),
        teacher=cell(TEACHER),
        reason=cell(REASON)[:300],
    )
