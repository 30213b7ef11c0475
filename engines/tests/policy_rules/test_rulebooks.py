"""The rulebooks as data: complete, sourced, dated, reviewed."""

from datetime import date, timedelta

import pytest
from silian_engines.policy_rules.provisions import FORCES
from silian_engines.policy_rules.reading import RULEBOOKS, folders
from silian_engines.policy_rules.rulebook import is_counted, rulebook

FIVE = ("530300", "500154", "520000", "620200", "411200")
RG_OF_NOTHING = {"RG-28": {"530300"}}


@pytest.fixture(scope="module")
def book():
    return rulebook()


@pytest.fixture(scope="module")
def every(book):
    return [each for code in book.jurisdictions for each in book._own(code)]


def test_every_number_of_the_five_policies_stands_in_one_place(every):
    numbers = [each.number for each in every if each.number and each.number[0] == "N"]
    assert sorted(numbers) == [f"N{n:02}" for n in range(1, 76)]


def test_every_group_of_regional_parameters_is_present(every):
    groups = {group for each in every for group in each.groups if group.startswith("RG-")}
    assert groups == {f"RG-{n:02}" for n in range(1, 32)}


def test_open_parameters_are_shown_as_unset(every):
    opened = {each.number for each in every if each.value == "未设定" and each.number}
    of_the_policies = {f"P{n:02}" for n in range(1, 19)}
    of_internships = {"IN-24", "IN-25", "IN-28"}  # the national rules ask and give no number
    of_transfer = {"TR-02"}  # the law asks for a notice and gives no number of days
    of_scarce_occupations = {"AP-14"}  # the province gives a ceiling and leaves the rate open
    assert opened == of_the_policies | of_internships | of_transfer | of_scarce_occupations


def test_no_rule_is_past_its_review_date(every):
    today = date.today()  # noqa: DTZ011
    late = [f"{each.jurisdiction} {each.id}" for each in every if each.review_by <= today]
    assert not late


def test_every_statement_names_document_clause_force_and_evidence(every):
    for each in every:
        assert each.document, each
        assert each.clause, each
        assert each.evidence, each
        assert each.force in FORCES
        assert each.valid_to is None or each.valid_from < each.valid_to
        assert each.review_by - each.valid_from > timedelta(days=0)


def test_kinds_and_forces_of_the_numbers_are_those_of_the_requirements(every):
    force = {each.number: each.force for each in every if each.number}
    assert {n for n, f in force.items() if n[0] == "N" and f == "encouraged"} == {"N04", "N47"}
    assert {n for n, f in force.items() if n[0] == "N" and f == "strive"} == {"N37", "N38", "N64"}
    assert force["N21"] == "in_principle"
    assert force["N17"] == "exploratory"
    assert force["N55"] == "promoted"
    permitted = {n for n, f in force.items() if n[0] == "N" and f == "permitted"}
    assert permitted == {"N06", "N19", "N24", "N25", "N43", "N52", "N58"}


def test_values_are_those_of_the_policies(every):
    shown = {each.number: (each.comparator, each.shown_value) for each in every if each.number}
    assert shown["N01"] == ("range", "1—3")
    assert shown["N08"] == (">=", "0.6")
    assert shown["N19"] == ("<=", "0.08")
    assert shown["N54"] == ("~", "20")
    assert shown["N56"] == ("=", "5000")
    assert shown["N60"] == ("range", "0.015—0.025")


def test_repeats_are_the_same_object_and_never_counted_twice(book):
    effective = book.effective("520000", date(2021, 6, 30), date.max)
    repeats = {each.number: each.same_as for each in effective if each.same_as}
    assert repeats == {
        "N36": "N26", "N37": "N31", "N39": "N32", "N40": "N33", "N41": "N34", "N42": "N35",
    }  # fmt: skip
    counted = {each.number for each in effective if is_counted(each)}
    assert counted == {f"N{n}" for n in (*range(26, 36), 38)}


def test_a_repeat_is_shown_with_its_object(book):
    rule = book.rule(id="R18-N33", jurisdiction="520000", on=date(2021, 6, 30))
    assert {each.number for each in rule.provisions} == {"N33", "N40"}


def test_every_rule_of_every_place_compiles_both_ways(book):
    for code in book.jurisdictions:
        for on in (date(2016, 1, 1), date(2021, 6, 30), date(2024, 1, 1)):
            for rule in book.rules_in_force(jurisdiction=code, on=on):
                results = tuple(s.name for s in rule.rule.steps if s.unit != "名单")
                assert rule.many_cases(results)
                assert len(rule.version) == 12


def test_every_folder_of_rules_is_in_the_index():
    indexed = {folder for _, folder in folders(folder=RULEBOOKS).values()}
    found = {path.parent for path in RULEBOOKS.glob("**/parameters*.toml")}
    assert indexed == found
