"""Every number of the requirements stands in the rulebooks, and every rule is seen at work.

`rulebooks/coverage.toml` was written from the requirements, not from the parameters: the two must
agree in place, value, comparison, force and clause.
"""

import tomllib
from collections import defaultdict
from datetime import date

import pytest
from silian_engines.policy_rules.cases import rule_cases, run_case
from silian_engines.policy_rules.provisions import wider_jurisdictions
from silian_engines.policy_rules.reading import RULEBOOKS
from silian_engines.policy_rules.rulebook import rulebook

COVERAGE = tomllib.loads((RULEBOOKS / "coverage.toml").read_text(encoding="utf-8"))
LISTS = {
    "numbers": [f"N{n:02}" for n in range(1, 76)],
    "groups": [f"R{n:02}" for n in range(1, 19)],
    "thresholds": [f"Q{n:02}" for n in range(1, 22)],
    "logic": [f"L{n:02}" for n in range(1, 22)],
    "open": [f"P{n:02}" for n in range(1, 19)],
    "apprenticeship": [*(f"AP-{n:02}" for n in range(1, 16)), "AP-T1"],
    "tax": [f"TX-{n:02}" for n in range(1, 22)],
    "transfer": [f"TR-{n:02}" for n in range(1, 9)],
    "credit": [f"CR-{n:02}" for n in range(1, 11)],
}
FIVE = ("530300", "500154", "520000", "620200", "411200")
DAYS = (date(2021, 6, 30), date(2024, 1, 1), date(2026, 6, 30))


@pytest.fixture(scope="module")
def every():
    book = rulebook()
    return [each for code in book.jurisdictions for each in book._own(code)]


@pytest.fixture(scope="module")
def ran():
    return [run_case(case=case, book=rulebook()) for case in rule_cases()]


@pytest.mark.parametrize("section", LISTS)
def test_the_coverage_names_every_number_once(section):
    assert sorted(COVERAGE[section]) == sorted(LISTS[section])


@pytest.mark.parametrize("number", LISTS["numbers"])
def test_the_number_is_dated_data_with_source(number, every):
    expected = COVERAGE["numbers"][number]
    (found,) = [each for each in every if each.number == number]
    assert found.jurisdiction == expected["place"]
    assert found.id == expected["parameter"]
    assert found.shown_value == expected["value"]
    assert found.comparator == expected["comparator"]
    assert found.force == expected["force"]
    assert found.clause == expected["clause"]
    assert found.document
    assert found.evidence.startswith("P")
    assert found.valid_from.year == 2020


@pytest.mark.parametrize("section", [name for name in LISTS if name != "numbers"])
def test_every_other_entry_is_a_rule_a_parameter_or_a_reason(section, every):
    book = rulebook()
    rules = {id for code in book.jurisdictions for id in book.definitions(jurisdiction=code)}
    parameters = {each.id for each in every}
    for number, entry in COVERAGE[section].items():
        assert set(entry) <= {"rules", "parameters", "reason"}, number
        assert set(entry.get("rules", ())) <= rules, number
        assert set(entry.get("parameters", ())) <= parameters, number
        assert any(entry.values()), number
        assert ("reason" in entry) == (set(entry) == {"reason"}), number


def test_open_parameters_of_the_coverage_are_the_unset_ones(every):
    unset = defaultdict(set)
    for each in every:
        if each.value == "未设定" and each.number in COVERAGE["open"]:
            unset[each.number].add(each.id)
    assert dict(unset) == {n: set(entry["parameters"]) for n, entry in COVERAGE["open"].items()}


@pytest.mark.parametrize("rule", COVERAGE["variants"])
def test_each_variant_stands_where_the_policies_put_it(rule, every):
    principal = rulebook().definitions(jurisdiction="000000")[rule].basis[0]
    places = {each.jurisdiction for each in every if each.id == principal}
    assert places == set(COVERAGE["variants"][rule])


def test_the_three_variants_of_reward_income_differ():
    facts = {"reward": 100}
    found = {
        code: rulebook().rule(id="S50", jurisdiction=code, on=DAYS[0]).compute(facts=facts).values
        for code in FIVE
    }
    assert {code: int(each["in_total"]) for code, each in found.items()} == {
        "530300": 100, "500154": 0, "520000": 100, "620200": 100, "411200": 0,
    }  # fmt: skip
    bases = {
        code: rulebook().rule(id="S50", jurisdiction=code, on=DAYS[0]).provisions[0].clause
        for code in FIVE
    }
    assert bases == {
        "530300": "二（六）2", "500154": "8", "411200": "四（三）",
        "520000": "第四十五条", "620200": "第四十五条",
    }  # fmt: skip


@pytest.mark.parametrize("code", sorted(rulebook().jurisdictions))
def test_every_rule_in_force_is_run_by_a_case_of_the_place_or_a_wider_one(code, ran):
    told = {
        _template(result.compiled.rule.id)
        for result in ran
        if result.outcomes and result.case.jurisdiction in wider_jurisdictions(code)
    }
    in_force = {
        _template(rule.rule.id)
        for on in DAYS
        for rule in rulebook().rules_in_force(jurisdiction=code, on=on)
    }
    assert in_force - told == set()


def test_every_gate_is_seen_open_and_closed(ran):
    seen = defaultdict(set)
    for result in ran:
        for outcome in result.outcomes:
            for gate in outcome.gates:
                seen[_template(outcome.compiled.rule.id), gate.gate.name].add(gate.passed)
    one_sided = {
        (_template(rule.rule.id), gate.name)
        for code in rulebook().jurisdictions
        for on in DAYS
        for rule in rulebook().rules_in_force(jurisdiction=code, on=on)
        for gate in rule.rule.gates
        if not {True, False} <= seen[_template(rule.rule.id), gate.name]
    }
    assert one_sided == set()


def test_each_of_the_five_places_has_cases_of_its_own():
    own = defaultdict(int)
    for case in rule_cases():
        own[case.jurisdiction] += 1
    assert all(own[code] >= 10 for code in (*FIVE, "000000"))


def _template(id):
    return id.split("-N")[0] if id.startswith("R18-N") else id
