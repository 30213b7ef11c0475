"""Every scenario of the rulebooks, as an official wrote it."""

from datetime import date
from decimal import Decimal

import pytest
from silian_engines.policy_rules.cases import RuleCase, rule_cases, run_case
from silian_engines.policy_rules.errors import RulebookFault
from silian_engines.policy_rules.reading import RULEBOOKS
from silian_engines.policy_rules.rulebook import rulebook

CASES = list(rule_cases())


@pytest.mark.parametrize("case", CASES, ids=[f"{c.file[:-5]}-{c.title}" for c in CASES])
def test_the_scenario_comes_out_as_written(case):
    result = run_case(case=case, book=rulebook())
    assert result.checks, "a scenario must expect something"
    assert [each for each in result.checks if not each.passes] == []


def test_a_wrong_expectation_is_told():
    case = RuleCase(
        file="", title="", jurisdiction="411200", rule="R12", on=date(2021, 6, 30),
        facts={"student_months": 1, "passed_assessment": True}, expect={"subsidy": "199.00"},
    )  # fmt: skip
    result = run_case(case=case, book=rulebook())
    assert not result.passes
    assert result.checks == (("实习成本补助", "199.00", "200.00", "元", False),)


def test_a_refusal_that_nobody_expected_does_not_pass():
    case = RuleCase(
        file="", title="", jurisdiction="411200", rule="R99", on=date(2021, 6, 30), expect={"a": 1}
    )
    assert not run_case(case=case, book=rulebook()).passes


def test_a_scenario_without_expectation_is_refused(tmp_path):
    folder = tmp_path / "x" / "scenarios"
    folder.mkdir(parents=True)
    head = 'jurisdiction = "411200"\nrule = "R12"\non = 2021-06-30\n[[scenario]]\ntitle = "空"\n'
    (folder / "a.toml").write_text(head, encoding="utf-8")
    with pytest.raises(RulebookFault, match="没有写应得结果"):
        list(rule_cases(folder=tmp_path))
    (folder / "a.toml").write_text(head + "expect = {}\nfact = {}\n", encoding="utf-8")
    with pytest.raises(RulebookFault, match="不认识的字段"):
        list(rule_cases(folder=tmp_path))


def test_every_jurisdiction_has_scenarios():
    folders = {path.parent.parent.name for path in RULEBOOKS.glob("**/scenarios/*.toml")}
    assert {"national", "qujing", "kaizhou", "guizhou", "jiayuguan", "sanmenxia"} <= folders


def test_every_computable_rule_stands_in_a_scenario():
    told = {case.rule.split("-N")[0] for case in CASES}
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
