"""Which statement holds: place, day, and what was known."""

from datetime import date
from fractions import Fraction

import pytest
from silian_engines.policy_rules.provisions import Provision, effective_provisions

YEAR = date(2020, 1, 1)


def provision(**given):
    facts = {
        "id": "rate", "jurisdiction": "000000", "title": "比例", "unit": "比例",
        "force": "mandatory", "kind": "threshold", "document": "文件", "clause": "一",
        "evidence": "L", "valid_from": YEAR, "known_from": YEAR, "review_by": date(2099, 1, 1),
        "value": Fraction(1),
    }  # fmt: skip
    return Provision(**{**facts, **given})


def value(provisions, *, jurisdiction="411202", on=date(2021, 1, 1), known_on=date.max):
    effective = effective_provisions(
        provisions=provisions, jurisdiction=jurisdiction, on=on, known_on=known_on
    )
    found = effective.of("rate")
    return found[None].value if found else None


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (["000000"], "000000"),
        (["000000", "410000"], "410000"),
        (["000000", "410000", "411200"], "411200"),
        (["411200", "411202", "000000"], "411202"),
        (["530300"], None),
    ],
)
def test_the_nearest_place_decides(places, expected):
    assert value([provision(jurisdiction=place, value=place) for place in places]) == expected


def test_validity_is_half_open():
    dated = [provision(valid_to=date(2021, 1, 1))]
    assert value(dated, on=date(2020, 12, 31)) == 1
    assert value(dated, on=date(2021, 1, 1)) is None


def test_an_old_case_is_computed_by_the_old_value():
    values = [provision(), provision(valid_from=date(2021, 7, 1), value=Fraction(2))]
    assert value(values, on=date(2021, 6, 30)) == 1
    assert value(values, on=date(2021, 7, 1)) == 2


def test_what_was_not_yet_known_does_not_count():
    values = [provision(), provision(known_from=date(2020, 6, 1), value=Fraction(2))]
    assert value(values, on=date(2020, 3, 1), known_on=date(2020, 5, 31)) == 1
    assert value(values, on=date(2020, 3, 1), known_on=date(2020, 6, 1)) == 2


def test_a_repeal_lets_the_wider_rule_return():
    values = [
        provision(value=Fraction(3)),
        provision(jurisdiction="411200"),
        provision(jurisdiction="411200", valid_from=date(2021, 1, 1), value="废止"),
    ]
    assert value(values, on=date(2020, 12, 31)) == 1
    assert value(values, on=date(2021, 1, 1)) == 3


def test_tables_of_two_places_never_mix():
    values = [
        provision(key="高级工"), provision(key="中级工"),
        provision(jurisdiction="411200", key="中级工", value=Fraction(5)),
    ]  # fmt: skip
    effective = effective_provisions(
        provisions=values, jurisdiction="411200", on=date(2021, 1, 1), known_on=date.max
    )
    assert set(effective.of("rate")) == {"中级工"}


def test_only_mandatory_and_certain_statements_can_be_breached():
    assert not provision().is_soft
    assert provision(force="encouraged").is_soft
    assert provision(evidence="S1 K-M").is_soft
    assert not provision(evidence="K-H").is_soft
