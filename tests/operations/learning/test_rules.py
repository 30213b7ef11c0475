"""The rules of a return, without a database."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from silian.operations.learning.rules.figures import (
    Figures,
    differences,
    reason_not_acceptable,
    reason_not_confirmable,
    reason_not_orderable,
    reason_not_returnable,
    reason_not_submittable,
    reason_not_withdrawable,
)
from silian.operations.learning.rules.import_sheet import FRONTLINE, RowReader, headings
from silian.operations.learning.rules.verdicts import Verdict, in_per_cent

GOOD = Figures(
    wages=Decimal(1000),
    extracted=Decimal(20),
    staff=10,
    frontline_staff=8,
    spending={"skill": (Decimal(15), Decimal(12)), "other": (Decimal(2), Decimal(0))},
)
LABELS = {"skill": "技能培训", "other": "其他"}
KINDS, CLASSES = {"skill": "技能培训"}, {"frontline": "一线"}


def test_sums_are_taken_from_the_lines() -> None:
    assert (GOOD.spent, GOOD.frontline_spent) == (Decimal(17), Decimal(12))


def test_a_complete_return_may_be_submitted() -> None:
    assert reason_not_submittable(figures=GOOD, labels=LABELS, files=1) is None


@pytest.mark.parametrize(
    ("change", "files", "word"),
    [
        ({"wages": Decimal(0)}, 1, "工资总额"),
        ({"staff": 0}, 1, "职工人数"),
        ({"frontline_staff": 11}, 1, "一线职工人数"),
        ({"extracted": Decimal(0)}, 1, "提取"),
        ({"spending": {"skill": (Decimal(1), Decimal(2))}}, 1, "技能培训"),
        ({}, 0, "凭证"),
    ],
)
def test_an_incomplete_return_is_refused_by_name(
    change: dict[str, object], files: int, word: str
) -> None:
    figures = replace(GOOD, **change)  # type: ignore[arg-type]
    reason = reason_not_submittable(figures=figures, labels=LABELS, files=files)
    assert reason
    assert word in reason


def test_a_return_is_taken_back_until_the_last_day() -> None:
    due = datetime.date(2026, 4, 30)
    assert reason_not_withdrawable(due_on=due, on=due) is None
    assert reason_not_withdrawable(due_on=due, on=due + datetime.timedelta(days=1))


def test_a_return_is_sent_back_once() -> None:
    assert reason_not_returnable(was_returned=False) is None
    assert "一次" in str(reason_not_returnable(was_returned=True))


def test_a_breach_is_confirmed_only_with_a_reason() -> None:
    assert reason_not_confirmable(breaches=0, reason="") is None
    assert reason_not_confirmable(breaches=1, reason=" ")
    assert reason_not_confirmable(breaches=1, reason="已核实补提") is None


def test_only_breaches_are_ordered_and_only_kept_rules_accepted() -> None:
    assert reason_not_orderable(breaches=0)
    assert reason_not_orderable(breaches=1) is None
    assert reason_not_acceptable(breaches=1)
    assert reason_not_acceptable(breaches=0) is None


def test_differences_name_what_changed() -> None:
    found = differences({"提取": "10 元", "工资": "5 元"}, {"提取": "20 元", "工资": "5 元"})
    assert [(row.label, row.before, row.after) for row in found] == [("提取", "10 元", "20 元")]


def test_ratios_read_as_people_write_them() -> None:
    assert in_per_cent(Decimal("0.0212")) == "2.12%"
    assert in_per_cent(Decimal("0.6")) == "60%"
    assert in_per_cent(None) == "未设定"


def test_only_a_mandatory_rule_is_broken() -> None:
    words = {word: Verdict(rule="R", gate="g", title="t", word=word) for word in ("不符合", "差距")}
    assert words["不符合"].is_breach
    assert not words["差距"].is_breach


def reader(**cells: str) -> RowReader:
    return RowReader(row=2, cells=cells)


def test_a_sheet_is_read_with_thousands_and_empty_cells() -> None:
    row = reader(职工工资总额="1,000.50", 提取的经费="", 年末职工人数="10")
    figures = row.figures(kinds=KINDS, classes=CLASSES)
    assert (figures.wages, figures.extracted, figures.staff) == (Decimal("1000.50"), 0, 10)
    assert row.problems == []


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("职工工资总额", "很多"),
        ("职工工资总额", "-1"),
        ("职工工资总额", "NaN"),
        ("职工工资总额", "0"),
        ("提取的经费", "1.234"),
        ("年末职工人数", "1.5"),
        ("年末职工人数", "9999999999"),
        ("技能培训" + FRONTLINE, "5"),
        ("一线职工人数", "3"),
    ],
)
def test_each_wrong_cell_is_named(column: str, text: str) -> None:
    row = reader(**{"职工工资总额": "1000", column: text})
    row.figures(kinds=KINDS, classes=CLASSES)
    assert column in {problem.column for problem in row.problems}
    assert all(problem.row == 2 and problem.sentence for problem in row.problems)


def test_the_template_has_a_column_for_every_number() -> None:
    found = headings(kinds=KINDS, classes=CLASSES)
    assert found[:2] == ["统一社会信用代码", "企业名称"]
    assert "技能培训" + FRONTLINE in found
    assert len(found) == len(set(found))
