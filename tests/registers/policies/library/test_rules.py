"""The library's rules without a database: comparison, eligibility, parameters, lines, plans."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from silian.registers.policies.choices import Force
from silian.registers.policies.rules import parameters
from silian.registers.policies.rules.benefit_eligibility import (
    Condition,
    OrganisationFacts,
    Standing,
    checked,
)
from silian.registers.policies.rules.benefit_lines import UnreadableLine, steps_of
from silian.registers.policies.rules.comparison_alignment import Passage, aligned, pieces
from silian.registers.policies.rules.comparison_demands import Demand, grouped_pairs
from silian.registers.policies.rules.comparison_groups import group_of
from silian.registers.policies.rules.plan_records import Coverage, evidence_fault

DAY = datetime.date(2026, 1, 1)
FACTS = OrganisationFacts(
    kind="enterprise",
    size="",
    above_scale=False,
    industry_path=["C", "34"],
    chain="高端装备",
    verified=True,
    division="990104",
)


def demand(key: int, **facts: Any) -> Demand:
    values: dict[str, Any] = {
        "rule": "",
        "title": "实践课时占总课时的比例",
        "phrase": "实践课时占总课时的比例不低于50%",
        "low": Decimal(50),
        "high": None,
        "unit": "%",
        "comparator": ">=",
        "force": Force.MANDATORY,
        "deadline": None,
    }
    return Demand(key=key, **{**values, **facts})


def setting(**facts: Any) -> parameters.Setting:
    values: dict[str, Any] = {
        "value": Decimal(4500),
        "low": None,
        "high": None,
        "valid_from": DAY,
        "valid_to": None,
        "source": "青政办发〔2026〕6号",
        "place": "",
        "clause_id": None,
        "reason": "",
        "is_correction": False,
    }
    return parameters.Setting(**{**values, **facts})


def test_the_city_with_the_greater_share_demands_more() -> None:
    [pair] = grouped_pairs(left=[demand(1, low=Decimal(60))], right=[demand(2)])
    assert (pair.group.code, pair.verdict and pair.verdict.overall) == ("R02", "left")


def test_a_higher_value_that_only_encourages_is_told_as_mixed() -> None:
    soft = demand(1, low=Decimal(60), force=Force.ENCOURAGED)
    [pair] = grouped_pairs(left=[soft], right=[demand(2)])
    assert pair.verdict is not None
    assert (pair.verdict.value, pair.verdict.force, pair.verdict.overall) == (
        "left",
        "right",
        "mixed",
    )


def test_an_earlier_deadline_demands_more() -> None:
    late = demand(2, deadline=datetime.date(2027, 12, 31))
    [pair] = grouped_pairs(left=[demand(1, deadline=DAY)], right=[late])
    assert pair.verdict is not None
    assert pair.verdict.overall == "left"


def test_a_smaller_taxed_share_gives_more() -> None:
    words = {"title": "现金奖励", "phrase": "现金奖励可减按{}计入工资薪金", "comparator": "="}
    left, right = demand(1, low=Decimal(50), **words), demand(2, low=Decimal(80), **words)
    [pair] = grouped_pairs(left=[left], right=[right])
    assert pair.group.code == "R10"
    assert pair.verdict is not None
    assert pair.verdict.value == "left"


def test_counts_of_different_things_are_not_set_against_each_other() -> None:
    bases = demand(1, title="公共实训基地", phrase="建成公共实训基地3个", unit="个")
    firms = demand(2, title="产教融合型企业", phrase="培育产教融合型企业40家", unit="家")
    pairs = grouped_pairs(left=[bases], right=[firms])
    assert [(pair.group.code, pair.verdict) for pair in pairs] == [("R18", None), ("R18", None)]


def test_units_that_differ_are_not_compared() -> None:
    months = demand(1, title="教师企业实践", phrase="教师企业实践", unit="个月", low=Decimal(6))
    years = demand(2, title="教师企业实践", phrase="教师轮训", unit="年", low=Decimal(5))
    pairs = grouped_pairs(left=[months], right=[years])
    assert [pair.group.code for pair in pairs] == ["R04", "R04"]
    assert all(pair.verdict is None for pair in pairs)


@pytest.mark.parametrize(
    ("rule", "code"),
    [("N09", "R05"), ("N24", "R08"), ("N33", "R18"), ("N58", "R11"), ("N62", "R15")],
)
def test_a_rule_number_decides_the_group(rule: str, code: str) -> None:
    assert group_of(rule=rule, unit="", text="").code == code


def test_every_clause_stands_once_and_what_went_stands_in_its_place() -> None:
    first, gone = Passage(1, "一", "对接活动", "举办校企对接活动"), Passage(2, "二", "保险", "投保")
    last, new = Passage(3, "三", "实习", "规范实习管理"), Passage(9, "四", "评价", "委托第三方评价")
    found = aligned(left=[first, gone, last], right=[first, new, last], least=0.35)
    assert [pairing.kind for pairing in found] == ["same", "removed", "added", "same"]


def test_a_changed_number_is_shown_whole() -> None:
    found = [(p.kind, p.text) for p in pieces(old="建成12个基地", new="建成15个基地")]
    assert found == [("same", "建成"), ("removed", "12"), ("added", "15"), ("same", "个基地")]


def test_what_the_register_does_not_know_is_asked_and_never_assumed() -> None:
    conditions = [
        Condition(key=1, fact="size", values=["small"], text="小型"),
        Condition(key=2, fact="statement", values=[], text="已签约"),
        Condition(key=3, fact="verified", values=["yes"], text="已核验"),
    ]
    result = checked(conditions=conditions, facts=FACTS)
    assert [a.standing for a in result.answers] == [
        Standing.UNKNOWN,
        Standing.UNKNOWN,
        Standing.MET,
    ]
    assert result.standing is Standing.UNKNOWN


def test_a_missing_condition_says_why_and_what_to_do() -> None:
    condition = Condition(key=1, fact="above_scale", values=["yes"], text="规模以上")
    [answer] = checked(conditions=[condition], facts=FACTS).answers
    assert answer.standing is Standing.MISSING
    assert "非规模以上" in answer.because
    assert answer.cure


def test_region_and_industry_count_with_those_below_them() -> None:
    conditions = [
        Condition(key=1, fact="division", values=["990100"], text="青澜市"),
        Condition(key=2, fact="industry", values=["C"], text="制造业"),
    ]
    assert checked(conditions=conditions, facts=FACTS).standing is Standing.MET


def test_a_statement_counts_only_when_the_asker_confirms_it() -> None:
    condition = Condition(key=7, fact="statement", values=[], text="已签约")
    assert checked(conditions=[condition], facts=FACTS, stated={7}).standing is Standing.MET


def test_a_value_needs_a_number_and_a_basis() -> None:
    no_number = parameters.fault_of(setting(value=None), present_from=None, present_is_set=False)
    no_basis = parameters.fault_of(setting(source=""), present_from=None, present_is_set=False)
    assert (no_number and no_number.field, no_basis and no_basis.field) == ("value", "clause")


def test_a_set_value_is_followed_only_by_a_later_one() -> None:
    fault = parameters.fault_of(setting(), present_from=DAY, present_is_set=True)
    assert fault is not None
    assert fault.field == "valid_from"
    later = setting(valid_from=DAY + datetime.timedelta(days=1))
    assert parameters.fault_of(later, present_from=DAY, present_is_set=True) is None


def test_a_correction_needs_something_to_correct_and_a_reason() -> None:
    bare = setting(is_correction=True)
    nothing = parameters.fault_of(bare, present_from=DAY, present_is_set=False)
    reasonless = parameters.fault_of(bare, present_from=DAY, present_is_set=True)
    assert nothing is not None
    assert nothing.field == "is_correction"
    assert reasonless is not None
    assert reasonless.field == "reason"


@pytest.mark.parametrize("line", ["只有一段", "市财政局｜审核｜很快", "甲｜乙｜3｜丁"])
def test_a_step_that_cannot_be_read_is_refused_in_words(line: str) -> None:
    with pytest.raises(UnreadableLine):
        steps_of(line)


def test_who_says_yes_shows_where() -> None:
    assert evidence_fault(value="contained", place="", has_clause=False, has_file=False)
    assert not evidence_fault(value="contained", place="第三章", has_clause=False, has_file=False)
    assert not evidence_fault(value="missing", place="", has_clause=False, has_file=False)


def test_coverage_without_plans_has_no_per_cent() -> None:
    assert Coverage(covered=0, total=0).percent is None
