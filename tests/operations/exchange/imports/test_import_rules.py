from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from silian_engines.matching.field_parsing.regions import DivisionTable

from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.rules.import_columns import (
    guessed_mapping,
    heading_signature,
    mapping_problems,
    targets_of,
)
from silian.operations.exchange.rules.import_rows import ImportedRow, Reader

JOB = kind_of("job")
READER = Reader(
    kind=JOB,
    divisions=DivisionTable(rows=[("310000", "上海市"), ("310115", "浦东新区")]),
    home="990100",
    today=datetime.date(2026, 3, 18),
)


def read(**cells: str) -> ImportedRow:
    return READER.read({"title": "装配钳工", "region": "上海", **cells}, number=2)


def sentences(row: ImportedRow) -> str:
    return "".join(problem.sentence for problem in row.problems)


def test_headings_are_known_whatever_their_marks_and_units() -> None:
    mapping = guessed_mapping(
        ["职位名称 *", "薪资（元/月）", "工作地点", "XX"], targets=targets_of(JOB)
    )
    assert mapping == {"职位名称 *": "title", "薪资（元/月）": "price", "工作地点": "region"}


def test_the_kinds_own_fields_are_columns_too() -> None:
    mapping = guessed_mapping(["班制"], targets=targets_of(JOB))
    assert mapping == {"班制": "detail:work_pattern"}


def test_a_file_without_titles_cannot_be_read() -> None:
    assert mapping_problems({"工资": "price"}, kind=JOB) == ["请指出哪一列是“标题”。"]


def test_two_columns_cannot_fill_one_field() -> None:
    problems = mapping_problems({"a": "title", "b": "title"}, kind=JOB)
    assert problems == ["“标题”对应了两列，请只留一列。"]


def test_the_order_of_columns_does_not_make_another_source() -> None:
    assert heading_signature(["标题", "地区"]) == heading_signature(["地区 ", "标题*"])


def test_a_row_is_read_with_its_mess() -> None:
    row = read(price="6K-8K·13薪", capacity="招3人", region="上海-浦东新区", employer="甲公司")
    assert not row.is_refused
    assert row.content["division_id"] == "310115"
    assert (row.content["price_min"], row.content["price_unit"]) == (Decimal("6000.00"), "元/月")
    assert row.content["capacity"] == 3
    assert row.details["employer"] == "甲公司"


def test_a_row_without_title_is_refused_with_the_cure() -> None:
    row = read(title="  ")
    assert row.is_refused
    assert "没有标题" in sentences(row)


def test_a_row_without_region_stands_at_the_publishers_place_and_says_so() -> None:
    row = read(region="")
    assert not row.is_refused
    assert row.content["division_id"] == "990100"
    assert "暂记为发布单位所在地" in sentences(row)


def test_negotiable_pay_is_no_problem_and_no_number() -> None:
    row = read(price="面议")
    assert not row.problems
    assert row.content["price_min"] is None


def test_a_choice_outside_the_list_is_refused_with_the_list() -> None:
    row = READER.read(
        {"title": "装配钳工", "region": "上海", "detail:work_pattern": "通宵"}, number=9
    )
    assert row.is_refused
    assert "白班、两班倒" in sentences(row)


def test_a_long_title_is_cut_and_kept_in_the_text() -> None:
    row = read(title="钳" * 100)
    assert len(row.content["title"]) == 80
    assert not row.is_refused


def test_the_same_row_has_the_same_identity() -> None:
    assert read(employer="甲").external_id == read(employer="甲").external_id
    assert read(employer="甲").external_id != read(employer="乙").external_id
    assert read(external_id="A-1").external_id == "A-1"


@pytest.mark.parametrize("field", ["price", "capacity", "region", "detail:fresh_graduates"])
@given(text=st.text(max_size=60))
def test_no_text_breaks_a_row(field: str, text: str) -> None:
    row = READER.read({"title": "装配钳工", field: text}, number=2)
    assert all(problem.sentence for problem in row.problems)
