"""Templates to fill in, and the cells to correct."""

from __future__ import annotations

from django.http import HttpResponseBase

from silian.foundation.ui.exports import file_response
from silian.registers.programmes.models.rosters import RosterImport
from silian.registers.programmes.rules import course_rows, roster_rows

COURSE_EXAMPLES = (
    ("B01", "思想道德与法治", "公共基础", 1, 36, 12, "", 3, "讲授、案例教学", "", ""),
    ("Z01", "数控加工编程", "专业", 3, 24, 48, "", 4, "项目教学", "", ""),
    ("S01", "岗位实习", "实习", 6, 0, 600, 24, 20, "工作过程导向教学", "", ""),
)
ROSTER_EXAMPLE = ("示例学生", "", "2026010101", "数控技术", "2026", "数控 2601", "", "", "")


def course_template() -> HttpResponseBase:
    """An empty course table with three example rows (课程表模板)."""
    return file_response(
        kind="xlsx", name="课程表模板", header=course_rows.COLUMNS, rows=COURSE_EXAMPLES
    )


def roster_template() -> HttpResponseBase:
    """An empty roster with one example row without numbers (学生名单模板)."""
    return file_response(
        kind="xlsx", name="学生名单模板", header=roster_rows.COLUMNS, rows=[ROSTER_EXAMPLE]
    )


def cells_to_correct(batch: RosterImport) -> HttpResponseBase:
    """Every wrong cell with its place; identity and phone numbers are not in it (逐格问题)."""
    rows = batch.problems.order_by("row", "pk").values_list("row", "column", "text", "sentence")
    return file_response(
        kind="csv", name=f"名单问题-{batch.pk}", header=("行", "列", "内容", "怎么改"), rows=rows
    )
