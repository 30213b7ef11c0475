"""Words, months, standings and sums, without a database."""

from __future__ import annotations

import datetime
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from silian_engines.policy_rules.qualifying import nearest_way
from silian_engines.policy_rules.rulebook import rulebook

from silian.governance.incentives.choices.benefits import Standing
from silian.governance.incentives.gateways.guides import facts, guides
from silian.governance.incentives.rules.catalogue import CALCULATORS
from silian.governance.incentives.rules.entitlements import duty_word, standing_of
from silian.governance.incentives.rules.months import last_day_of, months_in_year, whole_months
from silian.governance.incentives.rules.simulation import Grouping, exact_sums, tallies, whole
from silian.governance.incentives.rules.words import formula_words, value_words

DAY = datetime.date(2021, 6, 30)
DEFINED = {
    rule.id: rule
    for place in rulebook().jurisdictions
    for rule in rulebook().definitions(jurisdiction=place).values()
}


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def test_every_calculator_is_a_rule_of_the_rulebook() -> None:
    assert [each.rule for each in CALCULATORS if each.rule not in DEFINED] == []


def test_every_guide_names_a_fact_for_each_input_of_its_rule() -> None:
    for guide in guides().values():
        assert set(guide.facts) == {fact.name for fact in DEFINED[guide.rule].inputs}, guide.rule
        steps = {step.name for step in DEFINED[guide.rule].steps if step.unit == "元"}
        assert not guide.amount or guide.amount in steps


def test_a_fact_means_the_same_in_every_rule_that_asks_it() -> None:
    for guide in guides().values():
        for fact in DEFINED[guide.rule].inputs:
            held = facts()[guide.facts[fact.name]].input
            assert (held.unit, held.choices, held.each) == (fact.unit, fact.choices, fact.each)


def test_a_formula_reads_in_chinese() -> None:
    titles = {"spent": "支出", "limit": "限额", "ok": "是否合格"}
    assert formula_words("min(spent, limit) if ok else 0", titles=titles) == (
        "若合格，则取小（支出，限额），否则0"
    )
    assert formula_words("spent - (limit - 1)", titles=titles) == "支出 － （限额 － 1）"
    assert formula_words("not ok", titles=titles) == "不是合格"


def test_shares_and_amounts_are_exact_words() -> None:
    assert value_words(Decimal("0.6000"), unit="比例") == "60%"
    assert value_words(Decimal("1234567.80"), unit="元") == "1,234,567.80"
    assert value_words(None, unit="元") == "未设定"


@pytest.mark.parametrize(
    ("starts", "ends", "months"),
    [
        ("2026-01-15", "2026-03-15", 2),
        ("2026-01-15", "2026-03-14", 1),
        ("2026-01-31", "2026-02-28", 1),
        ("2026-02-01", "2026-02-01", 0),
    ],
)
def test_only_whole_months_count(starts: str, ends: str, months: int) -> None:
    assert whole_months(day(starts), day(ends)) == months


def test_months_outside_the_year_do_not_count() -> None:
    assert months_in_year(day("2025-11-01"), day("2026-04-01"), year=2026) == 3
    assert months_in_year(day("2025-01-01"), day("2025-06-01"), year=2026) == 0


def test_five_months_after_the_year_end_on_the_last_of_may() -> None:
    assert last_day_of(2025, months_after=5) == day("2026-05-31")


def test_a_closed_condition_that_can_be_opened_is_nearly() -> None:
    rule = rulebook().rule(id="R12", jurisdiction="411200", on=DAY)
    outcome = rule.compute(facts={"student_months": 10, "passed_assessment": False})
    ways = nearest_way(outcome=outcome)
    assert standing_of(gates=outcome.gates, ways=ways, amount=Decimal(0)) == Standing.NEARLY
    assert standing_of(gates=outcome.gates, ways=[], amount=Decimal(0)) == Standing.NOT


def test_an_amount_of_zero_is_nothing_to_enjoy() -> None:
    assert standing_of(gates=[], ways=[], amount=Decimal(0)) == Standing.NOT
    assert standing_of(gates=[], ways=[], amount=None) == Standing.ENTITLED


def test_a_duty_below_the_scale_does_not_apply() -> None:
    rule = rulebook().rule(id="R03", jurisdiction="620200", on=DAY)
    facts_given = {"posts": 100, "intern_posts": 0, "is_above_scale": False}
    assert duty_word(rule.compute(facts=facts_given).gates) == "不适用"


@given(st.lists(st.tuples(st.integers(0, 10**14), st.integers(0, 3)), max_size=200))
def test_sums_lose_no_cent(rows: list[tuple[int, int]]) -> None:
    values = np.array([value for value, _ in rows], dtype=np.int64)
    places = np.array([place for _, place in rows], dtype=np.int64)
    wanted = [sum(v for v, p in rows if p == place) for place in range(4)]
    assert exact_sums(values, places, 4) == wanted


def test_units_that_lack_a_fact_are_counted_and_in_no_sum() -> None:
    rows = tallies(
        before=np.array([100, 500, 300]),
        after=np.array([200, 900, 100]),
        known=np.array([True, False, True]),
        grouping=Grouping(labels=["甲", "乙"], places=np.array([0, 0, 1])),
    )
    assert [(row.units, row.unknown, row.winners, row.losers) for row in rows] == [
        (2, 1, 1, 0),
        (1, 0, 0, 1),
    ]
    total = whole(rows, label="合计")
    assert (total.before, total.after, total.difference) == (4, 3, -1)
    assert total.unchanged == 0
