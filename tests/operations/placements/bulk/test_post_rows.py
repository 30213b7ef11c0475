"""Each cell of a file of posts is read, or says how to write it."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.operations.placements.rules.bulk_posts import COLUMNS, read_row


def example(**cells: str) -> dict[str, str]:
    return {column.heading: column.example for column in COLUMNS} | cells


def test_the_example_of_the_template_is_read_without_a_fault() -> None:
    facts, faults = read_row(example())
    assert faults == []
    assert facts["ends_on"] == datetime.date(2027, 1, 1)
    assert facts["pay"] == Decimal(3400)
    assert facts["hazards"] == []


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        ("岗位名称", "", "不能为空"),
        ("接收人数", "二十", "整数"),
        ("可安排起始日", "2026-13-01", "日期"),
        ("上班时间", "八点", "时间"),
        ("危害因素", "粉尘、魔法", "没有“魔法”"),
        ("体力劳动强度", "五级", "Ⅰ级"),
        ("实习报酬（元/月）", "面议", "数字"),
        ("适合的专业大类", "机械", "两位代码"),
        ("提供住宿", "也许", "是"),
        ("支付方式", "打欠条", "可填"),
        ("工作地区代码", "青澜", "六位"),
    ],
)
def test_a_bad_cell_says_how_to_write_it(column: str, text: str, words: str) -> None:
    _, faults = read_row(example(**{column: text}))
    assert [(fault.column, words in fault.sentence) for fault in faults] == [(column, True)]


def test_every_bad_cell_of_a_row_is_told() -> None:
    _, faults = read_row(example(岗位名称="", 接收人数="0"))
    assert {fault.column for fault in faults} == {"岗位名称", "接收人数"}


def test_optional_cells_have_a_default() -> None:
    facts, faults = read_row(example(支付方式="", 安排加班=""))
    assert faults == []
    assert (facts["pay_method"], facts["has_overtime"]) == ("bank", False)
