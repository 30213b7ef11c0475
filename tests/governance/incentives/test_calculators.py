"""The public calculators say what the engine says, and keep what was typed."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from silian_engines.policy_rules.definitions import Input
from silian_engines.policy_rules.rulebook import rulebook

from silian.governance.incentives.forms.calculators import CalculatorForm
from silian.governance.incentives.gateways.rulebook import computed, computed_years
from silian.governance.incentives.queries.calculations import answer_of
from silian.governance.incentives.rules.catalogue import CALCULATORS

PLACE, ON = "411200", datetime.date(2026, 6, 30)
CREDIT = {
    "is_listed": "yes",
    "investment": "1,000,000",
    "carried_in": "0",
    "due_education": "120000.00",
    "due_local": "80000",
}
MONEY = st.decimals(min_value=0, max_value=10**9, places=2)


def page(client: Client, rule: str, **typed: Any) -> Any:
    url = reverse("incentives:calculator_detail", kwargs={"rule": rule})
    return client.get(url, {"place": PLACE, "on": ON.isoformat(), "compute": "1", **typed})


def calculated(rule: str, typed: dict[str, str]) -> Any:
    """What page and engine give for the same case, without a request."""
    compiled = rulebook().rule(id=rule, jurisdiction=PLACE, on=ON)
    form = CalculatorForm(typed, rule=compiled, years=[], rows=1)
    assert form.is_valid(), form.errors
    return answer_of(computed(rule=compiled, facts=form.facts()))


def test_the_credit_splits_by_the_rates_and_carries_the_rest(db: None) -> None:
    response = page(Client(), "R09", **CREDIT)
    (answer,) = response.context["answers"]
    words = {line.name: line.words for line in answer.results}
    assert words["used_education"] == "120,000.00"
    assert words["used_local"] == "80,000.00"
    assert words["carry_out"] == "100,000.00"
    html = response.content.decode()
    assert "规则版本" in html
    assert "财税〔2019〕46号" in html


def test_a_unit_outside_the_programme_sees_the_cure_and_the_clause(db: None) -> None:
    response = page(Client(), "R09", **{**CREDIT, "is_listed": "no"})
    html = response.content.decode()
    assert "未满足" in html
    assert "申报进入产教融合型企业建设培育范围" in html
    assert "即可满足" in html


def test_bad_input_keeps_what_was_typed_with_a_sentence(db: None) -> None:
    response = page(Client(), "R09", **{**CREDIT, "investment": "一百万"})
    assert response.status_code == 422
    html = response.content.decode()
    assert 'value="一百万"' in html
    assert "不是数" in html


def test_what_is_not_stated_is_named_never_guessed(db: None) -> None:
    response = page(Client(), "R09", **{**CREDIT, "due_local": ""})
    assert response.status_code == 422
    assert "还没有填写“本期应缴地方教育附加" in response.content.decode()


def test_what_one_year_leaves_the_next_year_carries_in(db: None) -> None:
    typed = {f"{name}-2026": value for name, value in CREDIT.items()}
    typed |= {
        "is_listed-2027": "yes",
        "investment-2027": "0",
        "due_education-2027": "24000",
        "due_local-2027": "16000",
    }
    response = page(Client(), "R09", years="2", **typed)
    answers = response.context["answers"]
    assert [answer.year for answer in answers] == [2026, 2027]
    assert {line.name: line.words for line in answers[1].results}["carry_out"] == "60,000.00"


def test_a_donation_is_dropped_after_three_years() -> None:
    first = {"year": 2021, "profit": "0", "donation": "100.00", "channel": "公益性社会组织"}
    first |= dict.fromkeys(("carried_1", "carried_2", "carried_3"), "0")
    later = [
        {"year": year, "profit": "0", "donation": "0", "channel": "公益性社会组织"}
        for year in (2022, 2023, 2024)
    ]
    years = computed_years(rule="R08", place="000000", years=[first, *later])
    assert years[-1].outcome.values["expired"] == Decimal("100.00")


def test_a_roster_settles_by_head(db: None) -> None:
    typed = {
        "advance_paid": "5000",
        "apprentices-0-level": "高级工", "apprentices-0-years": "2",
        "apprentices-0-completed": "yes",
        "apprentices-1-level": "中级工", "apprentices-1-years": "1",
        "apprentices-1-completed": "no",
    }  # fmt: skip
    response = page(Client(), "R11", rows="3", **typed)
    (answer,) = response.context["answers"]
    words = {line.name: line.words for line in answer.results}
    assert words["planned"] == "17,000.00"
    assert words["due"] == "12,000.00"
    assert words["to_pay"] == "7,000.00"


def test_half_a_roster_line_is_refused(db: None) -> None:
    typed = {"advance_paid": "0", "apprentices-0-level": "高级工"}
    response = page(Client(), "R11", rows="2", **typed)
    assert response.status_code == 422
    assert "第 1 行还没有填写“培训年数”" in response.content.decode()


def test_an_unset_standard_has_no_amount(db: None) -> None:
    response = page(Client(), "S60", students="100")
    (answer,) = response.context["answers"]
    assert answer.results[0].words == "未设定"
    assert "100" not in answer.results[0].words


def test_a_place_without_the_rule_says_so(db: None) -> None:
    url = reverse("incentives:calculator_detail", kwargs={"rule": "R12"})
    response = Client().get(url, {"place": "000000", "on": "2026-06-30"})
    assert response.status_code == 200
    assert "没有这项规定" in response.content.decode()


def test_an_unknown_calculator_is_not_found(db: None) -> None:
    url = reverse("incentives:calculator_detail", kwargs={"rule": "XX"})
    assert Client().get(url).status_code == 404


def test_the_law_of_an_earlier_day_counts_for_that_day(db: None) -> None:
    typed = {"wages": "1000000", "spent": "100000", "carried_in": "0"}
    old = page(Client(), "R07", **typed, on="2016-12-31").context["answers"][0]
    new = page(Client(), "R07", **typed).context["answers"][0]
    assert [old.results[1].words, new.results[1].words] == ["25,000.00", "80,000.00"]


@given(wages=MONEY, spent=MONEY, carried=MONEY)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_the_page_gives_the_engines_amount_to_the_cent(
    wages: Decimal, spent: Decimal, carried: Decimal
) -> None:
    typed = {"wages": f"{wages:,}", "spent": f"{spent}", "carried_in": f"{carried}"}
    answer = calculated("R07", typed)
    rule = rulebook().rule(id="R07", jurisdiction=PLACE, on=ON)
    facts = {"wages": wages, "spent": spent, "carried_in": carried}
    wanted = rule.compute(facts=facts).values
    shown = {line.name: Decimal(line.words.replace(",", "")) for line in answer.results}
    assert shown == {name: wanted[name] for name in shown}


def sample(fact: Input) -> str:
    """A plain answer to any question."""
    if fact.choices:
        return fact.choices[0]
    return {"是否": "yes", "日期": "2020-05-01"}.get(fact.unit, "7")


@pytest.mark.parametrize("rule", sorted(each.rule for each in CALCULATORS))
def test_every_calculator_of_the_catalogue_computes_somewhere(rule: str) -> None:
    for place in rulebook().jurisdictions:
        in_force = {
            each.rule.id: each for each in rulebook().rules_in_force(jurisdiction=place, on=ON)
        }
        if rule in in_force:
            compiled = in_force[rule]
            form = CalculatorForm({}, rule=compiled, years=[], rows=1)
            inputs = {f.name: f for f in compiled.rule.inputs}
            typed = {}
            for name in form.fields:
                fact = inputs.get(name) or next(
                    each
                    for f in compiled.rule.inputs
                    for each in f.each
                    if name == f"{f.name}-0-{each.name}"
                )
                typed[name] = sample(fact)
            form = CalculatorForm(typed, rule=compiled, years=[], rows=1)
            assert form.is_valid(), form.errors
            answer = answer_of(computed(rule=compiled, facts=form.facts()))
            assert answer.reasons.children
            return
    pytest.fail(f"{rule} is in force nowhere")
