"""Certificates, days of competitions and conditions of awards, without a database."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from silian.operations.learning.rules.awards import (
    Facts,
    gates_of,
    months_after,
    reason_not_approvable,
    refusal_of,
)
from silian.operations.learning.rules.certificates import (
    facts_of,
    reason_not_a_rise,
    reason_number_wrong,
)
from silian.operations.learning.rules.competitions import (
    reason_dates_disordered,
    reason_not_publishable,
    reason_unit_full,
)
from silian.operations.learning.rules.promotion_sheet import LineReader, level_of

DAY = datetime.date(2026, 3, 2)


def test_a_number_states_year_and_level() -> None:
    found = facts_of("Y000123 000001 26 3 000007")
    assert found is not None
    assert (found.year, found.level) == (26, "3")
    old = facts_of("2612345678312345")
    assert old is not None
    assert (old.year, old.level) == (26, "3")
    assert facts_of("Y00012300000126300000") is None


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("Y000123000001264000007", "等级是 4 级"),
        ("Y000123000001253000007", "年份是 25 年"),
        ("123", "1 个大写字母加 21 位数字"),
        ("Y000123000001263000007", None),
    ],
)
def test_a_number_that_contradicts_the_entry_is_refused(number: str, words: str | None) -> None:
    reason = reason_number_wrong(number=number, level="3", issued_on=DAY)
    assert (words is None and reason is None) or (words or "") in (reason or "")


def test_a_promotion_goes_up() -> None:
    assert reason_not_a_rise(before="4", after="3") is None
    assert reason_not_a_rise(before="", after="5") is None
    assert "高于" in str(reason_not_a_rise(before="3", after="3"))
    assert "高于" in str(reason_not_a_rise(before="3", after="4"))


def test_days_of_a_competition_follow_one_another() -> None:
    day = datetime.timedelta(days=1)
    given: dict[str, Any] = {"opens_on": DAY, "closes_on": DAY + day}
    good = reason_dates_disordered(**given, starts_on=DAY + 2 * day, ends_on=DAY + 2 * day)
    early = reason_dates_disordered(**given, starts_on=DAY + day, ends_on=DAY + 2 * day)
    assert good is None
    assert early is not None
    assert early[0] == "starts_on"


def test_results_go_out_whole_and_a_unit_keeps_its_limit() -> None:
    assert "没有参赛人员" in str(reason_not_publishable(entrants=0, unscored=0))
    assert "2 人没有成绩" in str(reason_not_publishable(entrants=3, unscored=2))
    assert reason_unit_full(entered=2, limit=3) is None
    assert reason_unit_full(entered=99, limit=0) is None
    assert "最多 3 人" in str(reason_unit_full(entered=3, limit=3))


def facts(**given: Any) -> Facts:
    values: dict[str, Any] = {
        "proven": True,
        "proof": "",
        "awarded_in": "",
        "division_names": "启衡",
        "employed_here": True,
        "acquired_on": DAY,
        "term_months": 12,
        "term_basis": "第四条",
        "amount": Decimal(1000),
        "amount_basis": "第三条",
        "on": datetime.date(2026, 6, 1),
        **given,
    }
    return Facts(**values)


def test_every_condition_met_refuses_nothing() -> None:
    gates = gates_of(facts())
    assert [gate.word for gate in gates] == ["符合"] * 5
    assert refusal_of(gates) == ""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"awarded_in": "第一季度名单"}, "已在“第一季度名单”里"),
        ({"employed_here": False}, "在本地区就业"),
        ({"on": datetime.date(2027, 3, 3)}, "在申领期限内"),
        ({"amount": None, "amount_basis": ""}, "没有设定金额"),
    ],
)
def test_one_condition_not_met_refuses_with_its_words(given: dict[str, Any], words: str) -> None:
    assert words in refusal_of(gates_of(facts(**given)))


def test_what_nobody_set_is_unset_and_a_term_unset_judges_nothing() -> None:
    gates = {gate.name: gate.word for gate in gates_of(facts(term_months=None, amount=None))}
    assert (gates["term"], gates["amount"]) == ("未设定", "未设定")
    assert "申领期限" not in refusal_of(gates_of(facts(term_months=None)))


def test_months_end_on_the_last_day_of_shorter_ones() -> None:
    assert months_after(datetime.date(2026, 1, 31), 1) == datetime.date(2026, 2, 28)
    assert months_after(datetime.date(2026, 3, 2), 12) == datetime.date(2027, 3, 2)
    assert months_after(datetime.date(2026, 11, 30), 1) == datetime.date(2026, 12, 30)


def test_a_list_is_approved_by_another_person_after_the_notice() -> None:
    usual: dict[str, Any] = {"notice_until": DAY, "open_objections": 0}
    ask = reason_not_approvable
    assert ask(is_maker=False, notice_over=True, **usual) is None
    assert "不能批准" in str(ask(is_maker=True, notice_over=True, **usual))
    assert "才结束" in str(ask(is_maker=False, notice_over=False, **usual))
    usual["open_objections"] = 2
    assert "2 件异议" in str(ask(is_maker=False, notice_over=True, **usual))


@pytest.mark.parametrize(
    ("text", "level"),
    [("三级", "3"), ("3", "3"), ("3级", "3"), ("高级工", "3"), ("高级工（三级）", "3"),
     ("二级/技师", "2"), ("高级技师", "1"), ("六级", ""), ("师傅", "")],
)  # fmt: skip
def test_levels_are_read_in_the_usual_ways_of_writing(text: str, level: str) -> None:
    assert level_of(text) == level


def test_cells_that_cannot_be_read_are_named() -> None:
    reader = LineReader({"发证日期": "去年", "培训学时": "很多", "提升后等级": ""})
    assert reader.day("发证日期") is None
    assert reader.hours("培训学时") == 0
    assert reader.level("提升后等级", required=True) == ""
    assert [problem.split("：")[0] for problem in reader.problems] == [
        "发证日期",
        "培训学时",
        "提升后等级",
    ]
