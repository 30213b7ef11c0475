"""Every scenario of the rulebooks, as an official wrote it."""

import tomllib
from datetime import date
from decimal import Decimal

import pytest
from silian_engines.policy_rules.as_json import plain
from silian_engines.policy_rules.errors import PolicyRuleError
from silian_engines.policy_rules.qualifying import nearest_way
from silian_engines.policy_rules.reading import RULEBOOKS
from silian_engines.policy_rules.rulebook import rulebook
from silian_engines.policy_rules.years import compute_years


def scenarios():
    for path in sorted(RULEBOOKS.glob("**/scenarios/*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        shared = {key: content[key] for key in ("jurisdiction", "rule", "on")}
        for scenario in content["scenario"]:
            name = f"{path.parent.parent.name}-{scenario['title']}"
            yield pytest.param({**shared, **scenario}, id=name)


def compiled(scenario):
    return rulebook().rule(
        id=scenario["rule"], jurisdiction=scenario["jurisdiction"], on=scenario["on"],
        known_on=scenario.get("known_on"),
    )  # fmt: skip


def shown(value):
    return "未设定" if value is None else plain(value)


@pytest.mark.parametrize("scenario", list(scenarios()))
def test_the_scenario_comes_out_as_written(scenario):
    if "refused" in scenario:
        with pytest.raises(PolicyRuleError) as refusal:
            compiled(scenario).compute(facts=scenario["facts"])
        assert scenario["refused"] in str(refusal.value)
        return
    if "years" in scenario:
        years = compute_years(
            rulebook=rulebook(), id=scenario["rule"], jurisdiction=scenario["jurisdiction"],
            years=scenario["years"],
        )  # fmt: skip
        expected = scenario["expect_years"]
        assert len(years) == len(expected)
        for year, values in zip(years, expected, strict=True):
            assert {name: shown(year.outcome.values[name]) for name in values} == values
        return
    assert {"expect", "gates"} & set(scenario), "a scenario must expect something"
    outcome = compiled(scenario).compute(facts=scenario["facts"])
    expected = scenario.get("expect", {})
    assert {name: shown(outcome.values[name]) for name in expected} == expected
    words = {each.gate.name: each.word for each in outcome.gates}
    assert {name: words[name] for name in scenario.get("gates", {})} == scenario.get("gates", {})
    if "nearest" in scenario:
        way = {change.fact: plain(change.after) for change in nearest_way(outcome=outcome)}
        assert way == scenario["nearest"]


def test_every_jurisdiction_has_scenarios():
    folders = {path.parent.parent.name for path in RULEBOOKS.glob("**/scenarios/*.toml")}
    assert {"national", "qujing", "kaizhou", "guizhou", "jiayuguan", "sanmenxia"} <= folders


def test_every_computable_rule_stands_in_a_scenario():
    told = set()
    for param in scenarios():
        told.add(param.values[0]["rule"].split("-N")[0])
    book = rulebook()
    rules = {
        rule.rule.id.split("-N")[0]
        for code in book.jurisdictions
        for rule in book.rules_in_force(jurisdiction=code, on=date(2024, 1, 1))
    }
    assert rules - told == set()


def test_amounts_are_exact_decimals():
    rule = rulebook().rule(id="R10", jurisdiction="620200", on=date(2021, 6, 30))
    outcome = rule.compute(facts={"cash_reward": Decimal("0.01"), "is_non_profit": True})
    assert outcome.values["taxable"] == Decimal("0.01")
    assert outcome.values["exempt"] == Decimal("0.00")
