"""Facts are read exactly or refused by name; nothing is guessed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from silian_engines.policy_rules.errors import FactsRefused, PolicyRuleError, UnknownRule
from silian_engines.policy_rules.rulebook import rulebook

DAY = date(2021, 6, 30)


def rule(id, jurisdiction="411200"):
    return rulebook().rule(id=id, jurisdiction=jurisdiction, on=DAY)


def refusal(id, facts, jurisdiction="411200"):
    with pytest.raises(FactsRefused) as refused:
        rule(id, jurisdiction).compute(facts=facts)
    return str(refused.value)


def test_every_missing_and_unknown_fact_is_named_at_once():
    sentence = refusal("R06", {"wage": "1", "pay": "2"})
    assert "wages" in sentence
    assert "extracted" in sentence
    assert "wage（是否为 wages）" in sentence
    assert "pay" in sentence


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (0.1, "十进制"), (True, "十进制"), (None, "十进制"), ([], "十进制"),
        ("一百", "不是数"), ("1.001", "小数位过多"), ("-1", "负数"), ("1e30", "范围"),
        ("NaN", "有限"), ("Infinity", "有限"), ("1e999999999", "范围"), ("1e-999999999", "范围"),
        ("10000000000000", "范围"),
    ],
)  # fmt: skip
def test_an_unreadable_amount_says_why(value, why):
    assert why in refusal("R06", {"wages": value, "extracted": "1"})


def test_a_long_fraction_is_never_rounded_away():
    amount = Decimal("1.000000000000000000000000000000000000000000000000001")
    assert "小数位过多" in refusal("R06", {"wages": amount, "extracted": "1"})


def test_a_member_of_a_list_is_named_by_its_row():
    row = {"level": "中级工", "years": 1, "completed": True}
    facts = {"advance_paid": 0, "apprentices": [row, {**row, "level": "特级"}]}
    assert "第2行的培养等级（level）只能是中级工、高级工、技师之一" in refusal("R11", facts)
    assert "第1行应当有且只有" in refusal("R11", {"advance_paid": 0, "apprentices": [{}]})
    assert "名册" in refusal("R11", {"advance_paid": 0, "apprentices": "甲"})


def test_a_choice_a_truth_and_a_day_are_not_guessed():
    assert "true 或 false" in refusal("R12", {"student_months": 1, "passed_assessment": "是"})
    facts = {"entered_on": "2021/1/1"}
    assert "2021-06-30" in refusal("EN-10", facts)
    assert "1900年" in refusal("EN-13", {"removed_on": "9998-01-01"})


def test_an_unknown_rule_and_a_rule_of_elsewhere_differ():
    with pytest.raises(UnknownRule, match="没有规则“R99”"):
        rule("R99")
    with pytest.raises(UnknownRule, match="曲靖市.*没有规则 R12 的规定"):
        rule("R12", "530300")


@pytest.mark.parametrize("code", ["41120", "999999", "四一一二〇〇", "", "4112000"])
def test_a_code_that_is_no_place_is_refused(code):
    with pytest.raises(PolicyRuleError, match="行政区划代码"):
        rule("R07", code)


@given(st.integers(0, 10**13), st.integers(0, 10**13), st.integers(0, 10**13))
def test_staff_education_is_never_lost_nor_invented(wages, spent, carried):
    facts = {"wages": wages, "spent": spent, "carried_in": carried}
    facts = {name: Decimal(value).scaleb(-2) for name, value in facts.items()}
    values = rule("R07").compute(facts=facts).values
    assert values["deducted"] + values["carry_out"] == facts["spent"] + facts["carried_in"]
    assert values["deducted"] <= values["limit"]


AMOUNT = st.integers(0, 10**12).map(lambda whole: Decimal(whole).scaleb(-2))


@given(AMOUNT, AMOUNT, AMOUNT, AMOUNT, AMOUNT)
def test_donations_leave_oldest_first(profit, donation, oldest, older, old):
    facts = {
        "profit": profit, "donation": donation, "carried_3": oldest, "carried_2": older,
        "carried_1": old, "channel": "公益性社会组织",
    }  # fmt: skip
    values = rule("R08").compute(facts=facts).values
    gone = values["deducted"] + values["expired"] + values["carry_out"]
    assert gone == donation + oldest + older + old
    assert values["used_2"] == 0 or values["expired"] == 0
    assert values["used_now"] == 0 or values["left_1"] == 0


@given(AMOUNT, AMOUNT, AMOUNT, AMOUNT)
def test_the_investment_credit_never_exceeds_what_is_due(investment, carried, education, local):
    facts = {
        "is_listed": True, "investment": investment, "carried_in": carried,
        "due_education": education, "due_local": local,
    }  # fmt: skip
    values = rule("R09").compute(facts=facts).values
    assert 0 <= values["used_education"] <= education
    assert 0 <= values["used_local"] <= local
    assert values["used"] + values["carry_out"] == carried + values["new_credit"]
