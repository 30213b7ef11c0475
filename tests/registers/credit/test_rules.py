"""What makes a record lawful, without a database."""

from __future__ import annotations

import datetime

import pytest

from silian.registers.credit.choices import ItemNature
from silian.registers.credit.rules import (
    latest_end,
    reason_not_noticed,
    reason_not_recordable,
    reason_not_refusable,
    reason_term_unlawful,
)

DAY = datetime.date(2026, 3, 18)
LAWFUL = {
    "uscc": "91990100MA00000001", "item_is_open": True, "nature": ItemNature.BAD,
    "ground": "penalty", "basis_document": "处罚决定", "decision_number": "1号",
}  # fmt: skip


def test_a_record_with_code_item_ground_and_decision_is_lawful() -> None:
    assert reason_not_recordable(**LAWFUL) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"uscc": ""}, "统一社会信用代码"),
        ({"item_is_open": False}, "目录"),
        ({"ground": ""}, "法定依据"),
        ({"decision_number": " "}, "决定文号"),
        ({"basis_document": ""}, "依据文件"),
    ],
)
def test_each_missing_part_makes_it_unlawful(change: dict[str, object], word: str) -> None:
    assert word in (reason_not_recordable(**{**LAWFUL, **change}) or "")  # type: ignore[arg-type]


def test_a_good_record_needs_no_ground() -> None:
    facts = {**LAWFUL, "nature": ItemNature.GOOD, "ground": ""}
    assert reason_not_recordable(**facts) is None  # type: ignore[arg-type]


def test_the_term_of_a_leap_day_ends_on_the_first_of_march() -> None:
    assert latest_end(starts_on=datetime.date(2024, 2, 29), years=5) == datetime.date(2029, 3, 1)


@pytest.mark.parametrize(("ends_on", "lawful"), [("2031-03-18", True), ("2031-03-19", False)])
def test_five_years_are_the_most(ends_on: str, lawful: bool) -> None:
    end = datetime.date.fromisoformat(ends_on)
    assert (reason_term_unlawful(starts_on=DAY, ends_on=end, most_years=5) is None) is lawful


def test_an_unset_limit_blocks_no_term() -> None:
    far = DAY.replace(year=2040)
    assert reason_term_unlawful(starts_on=DAY, ends_on=far, most_years=None) is None


def test_refusal_needs_the_day_to_pass_or_a_statement() -> None:
    assert reason_not_refusable(due_on=DAY, on=DAY, said_no=False)
    assert reason_not_refusable(due_on=DAY, on=DAY, said_no=True) is None
    after = DAY + datetime.timedelta(days=1)
    assert reason_not_refusable(due_on=DAY, on=after, said_no=False) is None


def test_nobody_is_recorded_unheard() -> None:
    assert reason_not_noticed(reply_due_on=DAY, on=DAY, replied=False)
    assert reason_not_noticed(reply_due_on=DAY, on=DAY, replied=True) is None
