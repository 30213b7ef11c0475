"""Decisions about programmes, without a database."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silian.registers.programmes.choices import ParticipationStage
from silian.registers.programmes.rules.course_rows import COLUMNS, CourseReader
from silian.registers.programmes.rules.depth import Fact, depth_of
from silian.registers.programmes.rules.hours import UNSET, Hours, Limit, standing_of
from silian.registers.programmes.rules.life import reason_not_closable, reason_plan_not_agreed
from silian.registers.programmes.rules.periods import cohort_days, cohort_year_problem, school_year
from silian.registers.programmes.rules.roster_choice import reason_not_importable
from silian.registers.programmes.rules.roster_rows import read_roster

HALF = Limit(value=Fraction(1, 2), is_mandatory=True, source="004四（二）")
SOFT = Limit(value=Fraction(1, 2), is_mandatory=False, source="教职成〔2019〕13号")
TODAY = datetime.date(2026, 3, 18)


def test_half_of_the_hours_is_enough() -> None:
    assert standing_of(hours=Hours(theory=100, practice=100), limit=HALF).state == "met"


def test_one_hour_less_than_half_is_a_breach_and_tells_what_is_missing() -> None:
    found = standing_of(hours=Hours(theory=101, practice=99), limit=HALF)
    assert found.state == "breach"
    assert "还差 1 学时" in found.sentence


def test_a_shortfall_against_a_principle_is_only_a_gap() -> None:
    assert standing_of(hours=Hours(theory=101, practice=99), limit=SOFT).state == "gap"


def test_without_a_provision_nothing_is_judged() -> None:
    found = standing_of(hours=Hours(theory=101, practice=99), limit=UNSET)
    assert (found.state, found.label) == ("unset", "未设定")


def test_a_plan_without_courses_has_no_share() -> None:
    assert Hours().share is None
    assert standing_of(hours=Hours(), limit=HALF).state == "empty"


@given(theory=st.integers(0, 5000), practice=st.integers(0, 5000))
def test_adding_the_missing_hours_in_place_of_theory_meets_the_limit(
    theory: int, practice: int
) -> None:
    hours = Hours(theory=theory, practice=practice)
    lack = hours.missing(HALF)
    moved = Hours(theory=theory - lack, practice=practice + lack)
    assert lack >= 0
    if hours.total:
        assert standing_of(hours=moved, limit=HALF).state == "met"


def test_the_best_record_of_a_stage_counts() -> None:
    stage = ParticipationStage.TEXTBOOK.value
    found = depth_of(
        [
            Fact(stage=stage, has_evidence=False, is_confirmed=False),
            Fact(stage=stage, has_evidence=True, is_confirmed=True),
        ]
    )
    assert (found.points, found.stages, found.full) == (3, 1, 24)
    assert depth_of([]).is_none


def test_the_school_year_begins_in_september() -> None:
    assert school_year(datetime.date(2026, 8, 31)) == 2025
    assert school_year(datetime.date(2026, 9, 1)) == 2026
    assert cohort_days(year=2024, years=Decimal("2.5"))[1] == datetime.date(2027, 7, 1)


def test_a_cohort_cannot_begin_in_two_years() -> None:
    assert cohort_year_problem(2026, on=TODAY) is None
    assert cohort_year_problem(2027, on=TODAY) is not None


def test_a_programme_with_students_cannot_be_closed() -> None:
    assert "3 名学生在读" in (reason_not_closable(reason="撤并", studying=3) or "")
    assert reason_not_closable(reason="", studying=0) is not None
    assert reason_not_closable(reason="撤并", studying=0) is None


def test_a_refusing_enterprise_stops_a_plan() -> None:
    assert "不同意" in (reason_plan_not_agreed(waiting=0, refused=1) or "")
    assert "没有答复" in (reason_plan_not_agreed(waiting=1, refused=0) or "")
    assert reason_plan_not_agreed(waiting=0, refused=0) is None


@pytest.mark.parametrize(
    ("rows", "refused", "takes_good", "is_open"),
    [(5, 0, False, True), (5, 1, False, False), (5, 1, True, True), (5, 5, True, False)],
)
def test_good_rows_come_in_as_the_school_chose(
    rows: int, refused: int, takes_good: bool, is_open: bool
) -> None:
    reason = reason_not_importable(rows=rows, refused_rows=refused, takes_good_rows=takes_good)
    assert (reason is None) is is_open


def course(**cells: str) -> dict[str, str]:
    usual = dict(
        zip(COLUMNS, ("Z01", "数控编程", "专业", "3", "24", "48", "", "4", "项目教学", "", ""),
            strict=True)
    )  # fmt: skip
    return {**usual, **cells}


def test_a_good_course_line_is_read_whole() -> None:
    reader = CourseReader(standards={}, enterprises={})
    (found,) = reader.read([(2, course())])
    assert not reader.problems
    assert (found.kind, found.theory_hours, found.practice_hours, found.modes) == (
        "professional",
        24,
        48,
        ["project"],
    )


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("课程代码", ""),
        ("课程类别", "选修"),
        ("开设学期", "13"),
        ("理论学时", "二十"),
        ("实习周数", "4"),
        ("学分", "很多"),
        ("教学方式", "讲课"),
        ("对接标准编号", "QL 9"),
        ("共建企业", "无名公司"),
    ],
)
def test_each_wrong_cell_is_named(column: str, text: str) -> None:
    reader = CourseReader(standards={}, enterprises={})
    reader.read([(2, course(**{column: text}))])
    assert [(found.row, found.column) for found in reader.problems] == [(2, column)]


def test_a_repeated_course_code_names_the_earlier_row() -> None:
    reader = CourseReader(standards={}, enterprises={})
    reader.read([(2, course()), (3, course())])
    assert "第 2 行" in reader.problems[0].sentence


def student(**cells: str) -> dict[str, str]:
    usual = {
        "姓名": "学生一", "居民身份证号": "good", "学号": "1", "专业": "数控技术",
        "年级": "2024 级", "班级": "数控 2401", "手机号": "19900000001",
    }  # fmt: skip
    return {**usual, **cells}


def is_good(text: str) -> str | None:
    return None if text == "GOOD" else "证件号不对。"


def test_a_good_student_line_is_read_whole() -> None:
    rows, problems = read_roster([(2, student())], id_check=is_good)
    assert not problems
    assert (rows[0].year, rows[0].id_number) == ("2024", "GOOD")


@pytest.mark.parametrize(
    ("column", "text"),
    [("姓名", ""), ("居民身份证号", "12"), ("手机号", "123"), ("监护人手机号", "19900000002")],
)
def test_each_wrong_student_cell_is_named(column: str, text: str) -> None:
    _, problems = read_roster([(2, student(**{column: text}))], id_check=is_good)
    assert len(problems) == 1
    assert problems[0].column in (column, "监护人姓名")


def test_identity_numbers_are_not_repeated_in_problems() -> None:
    _, problems = read_roster([(2, student(居民身份证号="990102200605040010"))], id_check=is_good)
    assert "990102" not in problems[0].text


def test_the_same_number_twice_names_the_earlier_row() -> None:
    _, problems = read_roster([(2, student()), (3, student(学号="2"))], id_check=is_good)
    assert [(found.row, found.column) for found in problems] == [(3, "居民身份证号")]
