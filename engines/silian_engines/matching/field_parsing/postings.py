"""A whole posting row (岗位行解析): every field typed, every problem named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from silian_engines.matching.field_parsing.dates import PostedDate, parse_posted_date
from silian_engines.matching.field_parsing.headcount import Headcount, parse_headcount
from silian_engines.matching.field_parsing.levels import (
    Education,
    Experience,
    parse_education,
    parse_experience,
)
from silian_engines.matching.field_parsing.regions import DivisionTable, Region
from silian_engines.matching.field_parsing.salary import Salary, parse_salary


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One cell that could not be read (单元格问题); `refuses` when the row may not go in."""

    field: str
    text: str
    problem: str
    refuses: bool


@dataclass(frozen=True, slots=True)
class ParsedPosting:
    """A posting with typed fields (解析后的岗位)."""

    title: str
    salary: Salary
    region: Region
    posted: PostedDate
    headcount: Headcount
    education: Education
    experience: Experience
    problems: tuple[FieldProblem, ...]

    @property
    def refused(self) -> bool:
        """True when a problem stands in the way of import."""
        return any(problem.refuses for problem in self.problems)


# A listing lives without its education; it misleads with a wrong pay, place or day.
_REFUSING = frozenset({"title", "salary", "city", "posted"})


def parse_posting(
    *, row: Mapping[str, str], divisions: DivisionTable, today: date
) -> ParsedPosting:
    """Read title, salary, city, posted, headcount, education and experience of a row."""
    title = row.get("title", "").strip()
    salary = parse_salary(row.get("salary", ""))
    region = divisions.region_of(row.get("city", ""))
    posted = parse_posted_date(row.get("posted", ""), today=today)
    headcount = parse_headcount(row.get("headcount", ""))
    education = parse_education(row.get("education", ""))
    experience = parse_experience(row.get("experience", ""))
    named = (
        ("title", None if title else "没有岗位名称，请填写。"),
        ("salary", salary.problem),
        ("city", region.problem),
        ("posted", posted.problem),
        ("headcount", headcount.problem),
        ("education", education.problem),
        ("experience", experience.problem),
    )
    problems = tuple(
        FieldProblem(field, row.get(field, ""), problem, field in _REFUSING)
        for field, problem in named
        if problem
    )
    return ParsedPosting(title, salary, region, posted, headcount, education, experience, problems)
