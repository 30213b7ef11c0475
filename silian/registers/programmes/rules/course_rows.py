"""A course table from a file, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from silian.registers.programmes.choices import CourseKind, TeachingMode

CODE, NAME, KIND, TERM = "课程代码", "课程名称", "课程类别", "开设学期"
THEORY, PRACTICE, WEEKS = "理论学时", "实践学时", "实习周数"
CREDITS, MODES, STANDARD, ENTERPRISE = "学分", "教学方式", "对接标准编号", "共建企业"
REQUIRED = (CODE, NAME, KIND, TERM, THEORY, PRACTICE)
COLUMNS = (*REQUIRED, WEEKS, CREDITS, MODES, STANDARD, ENTERPRISE)
MOST_COURSES = 300
MOST_TERM, MOST_HOURS, MOST_WEEKS, MOST_CREDITS = 12, 2_000, 60, Decimal(100)
KINDS = {label: value for value, label in CourseKind.choices}
MODE_NAMES = {label: value for value, label in TeachingMode.choices}


@dataclass(frozen=True, kw_only=True)
class CellProblem:
    """A cell that could not be read as it stands."""

    row: int
    column: str
    text: str
    sentence: str


@dataclass(kw_only=True)
class CourseRow:
    """One line of a course table as values."""

    row: int
    code: str = ""
    name: str = ""
    kind: str = ""
    term: int = 1
    theory_hours: int = 0
    practice_hours: int = 0
    internship_weeks: int = 0
    credits: Decimal | None = None
    modes: list[str] = field(default_factory=list)
    standard_id: int | None = None
    enterprise_id: int | None = None


class CourseReader:
    """Reads rows; ``standards`` by number and ``enterprises`` by name are what may be named."""

    def __init__(self, *, standards: Mapping[str, int], enterprises: Mapping[str, int]) -> None:
        self.standards, self.enterprises = standards, enterprises
        self.problems: list[CellProblem] = []
        self.seen: dict[str, int] = {}

    def read(self, rows: Iterable[tuple[int, Mapping[str, str]]]) -> list[CourseRow]:
        """All rows; what is wrong stands in ``problems`` (读取课程表)."""
        found = [self.row(number, cells) for number, cells in rows]
        if not found:
            self.refuse(1, CODE, "", "文件里没有课程，请从第二行起填写。")
        if len(found) > MOST_COURSES:
            self.refuse(found[-1].row, CODE, "", f"一个方案最多 {MOST_COURSES} 门课程。")
        return found

    def row(self, number: int, cells: Mapping[str, str]) -> CourseRow:
        course = CourseRow(row=number)
        course.code = self.text(number, cells, CODE, longest=20)
        course.name = self.text(number, cells, NAME, longest=80)
        course.kind = self.choice(number, cells, KIND, KINDS)
        course.term = self.whole(number, cells, TERM, least=1, most=MOST_TERM)
        course.theory_hours = self.whole(number, cells, THEORY, most=MOST_HOURS)
        course.practice_hours = self.whole(number, cells, PRACTICE, most=MOST_HOURS)
        course.internship_weeks = self.whole(number, cells, WEEKS, most=MOST_WEEKS)
        course.credits = self.credits(number, cells)
        course.modes = self.modes(number, cells)
        course.standard_id = self.named(number, cells, STANDARD, self.standards, "现行标准")
        course.enterprise_id = self.named(number, cells, ENTERPRISE, self.enterprises, "已核验企业")
        self.check_whole_row(course)
        return course

    def check_whole_row(self, course: CourseRow) -> None:
        hours = course.theory_hours + course.practice_hours + course.internship_weeks
        if not hours:
            self.refuse(course.row, THEORY, "", "理论学时、实践学时、实习周数不能都是 0。")
        if course.internship_weeks and course.kind and course.kind != CourseKind.INTERNSHIP:
            self.refuse(
                course.row, WEEKS, str(course.internship_weeks), "只有“实习”类课程可以填实习周数。"
            )
        earlier = self.seen.setdefault(course.code, course.row) if course.code else course.row
        if earlier != course.row:
            self.refuse(course.row, CODE, course.code, f"课程代码与第 {earlier} 行重复。")

    def refuse(self, row: int, column: str, text: str, sentence: str) -> None:
        self.problems.append(
            CellProblem(row=row, column=column, text=text[:100], sentence=sentence)
        )

    def text(self, row: int, cells: Mapping[str, str], column: str, *, longest: int) -> str:
        text = cells.get(column, "").strip()
        if not text:
            self.refuse(row, column, "", "不能为空。")
        if len(text) > longest:
            self.refuse(row, column, text, f"最多 {longest} 个字。")
        return text[:longest]

    def choice(
        self, row: int, cells: Mapping[str, str], column: str, names: Mapping[str, str]
    ) -> str:
        text = cells.get(column, "").strip()
        if text not in names:
            self.refuse(row, column, text, f"应为{'、'.join(names)}之一。")
        return names.get(text, "")

    def whole(
        self, row: int, cells: Mapping[str, str], column: str, *, least: int = 0, most: int
    ) -> int:
        text = cells.get(column, "").strip() or ("0" if least == 0 else "")
        if not (text.isascii() and text.isdigit()) or not least <= int(text) <= most:
            self.refuse(row, column, text, f"应为 {least} 到 {most:,} 的整数。")
            return least
        return int(text)

    def credits(self, row: int, cells: Mapping[str, str]) -> Decimal | None:
        text = cells.get(CREDITS, "").strip()
        if not text:
            return None
        try:
            value = Decimal(text).quantize(Decimal("0.1"))
        except InvalidOperation:
            value = Decimal(-1)
        if not 0 <= value <= MOST_CREDITS:
            self.refuse(row, CREDITS, text, "学分应为 0 到 100 的数字，最多一位小数。")
            return None
        return value

    def modes(self, row: int, cells: Mapping[str, str]) -> list[str]:
        text = cells.get(MODES, "").replace("，", "、").replace(",", "、").replace(";", "、")
        names = [name.strip() for name in text.split("、") if name.strip()]
        for name in names:
            if name not in MODE_NAMES:
                self.refuse(row, MODES, name, f"应为{'、'.join(MODE_NAMES)}，几种之间用顿号。")
        return [MODE_NAMES[name] for name in dict.fromkeys(names) if name in MODE_NAMES]

    def named(
        self, row: int, cells: Mapping[str, str], column: str, known: Mapping[str, int], what: str
    ) -> int | None:
        text = cells.get(column, "").strip()
        if text and text not in known:
            self.refuse(row, column, text, f"没有找到这个名称或编号的{what}，请核对，或留空。")
        return known.get(text)
