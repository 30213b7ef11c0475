from __future__ import annotations

import datetime

import pytest

from silian.operations.exchange.rules.matching_facts import (
    Side,
    match_facts,
    rules_out,
    strength,
)

NEED = Side(
    division="990104",
    division_name="高新区",
    occupation="6-18-01-07",
    occupation_name="多工序数控机床操作调整工",
    majors=frozenset({"2021:460103"}),
    quantity=24,
    starts_on=datetime.date(2026, 6, 1),
    ends_on=datetime.date(2026, 12, 1),
)


def texts(offer: Side) -> dict[str, bool]:
    return {fact.text: fact.met for fact in match_facts(need=NEED, offer=offer)}


def test_facts_name_what_fits() -> None:
    offer = Side(
        division="990104",
        division_name="高新区",
        occupation="6-18-01-07",
        occupation_name="多工序数控机床操作调整工",
        majors=frozenset({"2021:460103", "2021:460113"}),
        quantity=38,
        starts_on=datetime.date(2026, 3, 1),
    )
    assert texts(offer) == {
        "职业：同为多工序数控机床操作调整工": True,
        "专业：1 个专业一致": True,
        "数量：对方 38，可满足 24": True,
        "时间：2026-06-01 起双方都可以": True,
        "区域：同在高新区": True,
    }


def test_what_is_missing_is_said_with_its_size() -> None:
    offer = Side(quantity=14, division="530300", division_name="曲靖市")
    assert texts(offer) == {
        "数量：对方 14，还差 10": False,
        "区域：在曲靖市，不在同一城市": False,
    }


def test_periods_that_only_touch_do_not_meet() -> None:
    offer = Side(starts_on=datetime.date(2026, 12, 1), ends_on=datetime.date(2027, 1, 1))
    assert texts(offer) == {"时间：双方的起止时间没有重合": False}


def test_unknown_facts_are_not_guessed() -> None:
    assert match_facts(need=NEED, offer=Side()) == []


def test_a_missing_fact_weakens_a_match() -> None:
    near = match_facts(need=NEED, offer=Side(division="990104", quantity=30))
    short = match_facts(need=NEED, offer=Side(division="990104", quantity=3))
    assert strength(near) > strength(short)


def test_other_work_is_no_match_whatever_else_fits() -> None:
    facts = match_facts(
        need=NEED,
        offer=Side(occupation="4-10-01-05", occupation_name="养老护理员", division="990104"),
    )
    assert [fact.text for fact in facts if fact.essential and not fact.met] == [
        "职业：对方为养老护理员，与多工序数控机床操作调整工不同"
    ]


@pytest.mark.parametrize(
    ("offer", "out"),
    [
        (Side(occupation="4-10-01-05", division="990104"), True),
        (Side(occupation="6-18-01-99"), False),
        (Side(majors=frozenset({"2021:520201"})), True),
        (Side(majors=frozenset({"2021:460103", "2021:520201"})), False),
        (Side(), False),
    ],
)
def test_what_rules_a_match_out_is_what_the_facts_call_essential(offer: Side, out: bool) -> None:
    facts = match_facts(need=NEED, offer=offer)
    assert rules_out(need=NEED, offer=offer) is out
    assert any(fact.essential and not fact.met for fact in facts) is out
