"""A result gives its reasons, and the nearest way to qualify."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from silian_engines.policy_rules.as_json import change_sentence, node_data, warnings_of
from silian_engines.policy_rules.qualifying import nearest_way
from silian_engines.policy_rules.rulebook import rulebook

DAY = date(2021, 6, 30)


def compute(id, facts, jurisdiction="411200", on=DAY):
    return rulebook().rule(id=id, jurisdiction=jurisdiction, on=on).compute(facts=facts)


def nodes(data):
    yield data
    for child in data.get("from", ()):
        yield from nodes(child)


def test_the_tree_shows_rule_values_inputs_and_clauses():
    facts = {"wages": "5000000", "spent": "450000", "carried_in": "0"}
    data = node_data(node=compute("R07", facts, "500154").explanation())
    found = {(each["kind"], each["name"]): each for each in nodes(data)}
    assert data["clauses"][0] == {
        "document": "开州府发〔2020〕22号", "clause": "9", "number": "N19", "force": "permitted",
    }  # fmt: skip
    assert found["fact", "wages"]["value"] == "5000000.00"
    assert found["step", "limit"]["value"] == "400000.00"
    assert found["step", "limit"]["rounding"] == "四舍五入到分"
    assert found["parameter", "staff_education_cap"]["value"] == "0.08"
    assert [each["name"] for each in found["step", "deducted"]["from"]] == ["available", "limit"]


def test_the_tree_agrees_with_the_result():
    facts = {"training_fund": "100", "frontline_spent": "59.99"}
    outcome = compute("R01", facts)
    top = {child.label.name: child.value for child in outcome.explanation().children}
    for name, value in outcome.values.items():
        assert top[name] == value
    assert top["frontline"] is False


def test_the_version_changes_with_the_provisions_only():
    version = {
        on: rulebook().rule(id="R07", jurisdiction="530300", on=on).version
        for on in (date(2017, 1, 1), date(2017, 12, 31), date(2018, 1, 1))
    }
    assert version[date(2017, 1, 1)] == version[date(2017, 12, 31)]
    assert version[date(2017, 12, 31)] != version[date(2018, 1, 1)]


def test_uncertain_provisions_warn_and_never_stop():
    facts = {
        "runs_school": False, "in_apprenticeship_pilot": False, "person_times": 59,
        "months_a_year": "3", "in_certificate_pilot": False, "programmes": 2, "invested": "0",
        "shares_patents": False,
    }  # fmt: skip
    outcome = compute("EN-06", facts)
    assert [gate.word for gate in outcome.gates] == ["提示"]
    assert outcome.is_entitled
    assert any("待核对" in sentence for sentence in warnings_of(compiled=outcome.compiled))
    (change,) = nearest_way(outcome=outcome)
    assert (change.fact, change.after) == ("person_times", Decimal(60))
    assert change_sentence(change=change) == "近三年接收实习人次还需增加1人次，达到60人次。"


def test_a_soft_rule_has_a_gap_and_a_mandatory_one_a_breach():
    soft = compute("R03", {"posts": 10, "intern_posts": 0, "is_above_scale": True}, "530300")
    assert [gate.word for gate in soft.gates] == ["适用", "差距"]
    hard = compute("R02", {"total_hours": 10, "practice_hours": 0})
    assert [gate.word for gate in hard.gates] == ["不符合"]


@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_the_nearest_change_qualifies_and_one_fen_less_does_not(fund, spent):
    facts = {"training_fund": Decimal(fund), "frontline_spent": Decimal(spent)}
    outcome = compute("R01", facts)
    for change in nearest_way(outcome=outcome):
        enough = compute("R01", {**facts, change.fact: change.after})
        short = compute("R01", {**facts, change.fact: change.after - Decimal("0.01")})
        assert not enough.failed
        assert short.failed
