"""One definition, two paths: the arrays give what single cases give, to the 分."""

from datetime import date

import numpy as np
import pytest
from silian_engines.policy_rules.cases import rule_cases, run_case
from silian_engines.policy_rules.errors import FactsRefused
from silian_engines.policy_rules.populations import CASES_AT_ONCE, WORTH_SHARING, Members
from silian_engines.policy_rules.rulebook import rulebook

from .populations import case, population, priced

DAY = date(2024, 1, 1)


def rules():
    found = {}
    for code in ("411200", "500154", "530300", "620200", "520000"):
        for rule in rulebook().rules_in_force(jurisdiction=code, on=DAY):
            found.setdefault(rule.rule.id, rule)
    return [pytest.param(rule, id=id) for id, rule in found.items()]


@pytest.mark.parametrize("rule", rules())
def test_arrays_equal_single_cases(rule):
    size = 300
    columns = priced(population(rule.rule, size=size, seed=20211231), rule.text.closed)
    many = rule.compute_many(population=columns)
    for row in range(size):
        one = rule.compute(facts=case(rule.rule, columns, row))
        steps = [step.name for step in rule.rule.steps]
        for name, single in zip(steps, one.raw, strict=False):
            if name in many.values:
                expected = -1 if single is None else int(single)
                assert many.values[name][row] == expected, (name, row)
        for outcome in one.gates:
            if outcome.gate.name in many.gates:
                assert many.gates[outcome.gate.name][row] == outcome.passed


@pytest.mark.parametrize("size", [0, 1, CASES_AT_ONCE * 2 + 7, WORTH_SHARING + 7])
def test_every_case_is_filled_whatever_the_size(size):
    rule = rulebook().rule(id="R12", jurisdiction="411200", on=DAY)
    months = np.arange(size)
    columns = {"student_months": months, "passed_assessment": np.ones(size, dtype=bool)}
    assert (rule.compute_many(population=columns).values["subsidy"] == months * 20_000).all()


def test_only_the_named_results_are_computed():
    rule = rulebook().rule(id="R08", jurisdiction="500154", on=DAY)
    columns = population(rule.rule, size=100, seed=7)
    every = rule.compute_many(population=columns)
    some = rule.compute_many(population=columns, results=("left_now", "gate_channel"))
    assert set(some.values) == {"left_now"}
    assert (some.values["left_now"] == every.values["left_now"]).all()
    assert (some.gates["channel"] == every.gates["channel"]).all()
    with pytest.raises(FactsRefused, match="nothing"):
        rule.compute_many(population=columns, results=("nothing",))


def test_an_option_without_a_value_is_refused():
    rule = rulebook().rule(id="R11", jurisdiction="411200", on=DAY)
    fields = {"level": np.array([2]), "years": np.array([10]), "completed": np.array([True])}
    columns = {"apprentices": Members(np.array([0, 1]), fields), "advance_paid": np.array([0])}
    with pytest.raises(FactsRefused, match="技师"):
        rule.compute_many(population=columns)


def test_missing_columns_and_unequal_lengths_are_refused():
    rule = rulebook().rule(id="R12", jurisdiction="411200", on=DAY)
    with pytest.raises(FactsRefused, match="passed_assessment"):
        rule.compute_many(population={"student_months": np.array([1])})
    with pytest.raises(FactsRefused, match="长度"):
        rule.compute_many(
            population={"student_months": np.array([1]), "passed_assessment": np.array([True] * 2)}
        )


def test_a_raised_subsidy_is_the_same_over_arrays():
    decided = next(each for each in rule_cases() if each.rule == "R11-SCARCE" and each.set)
    rule = run_case(case=decided, book=rulebook()).compiled
    size = 300
    columns = priced(population(rule.rule, size=size, seed=14), rule.text.closed)
    many = rule.compute_many(population=columns)
    for row in range(size):
        one = rule.compute(facts=case(rule.rule, columns, row))
        for step, single in zip(rule.rule.steps, one.raw, strict=False):
            if step.output:
                assert many.values[step.name][row] == int(single), (step.name, row)
        for outcome in one.gates:
            assert many.gates[outcome.gate.name][row] == outcome.passed
