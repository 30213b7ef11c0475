"""A claim comes to what its own rule says, item by item."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from silian_engines.policy_rules.provisions import Provision

from silian.foundation.kernel.errors import DomainError
from silian.governance.incentives.choices.claims import ClaimScheme
from silian.governance.incentives.gateways.claim_rules import (
    AWARD,
    ClaimRule,
    kept_rule,
    rule_with,
)
from silian.governance.incentives.queries.claim_amounts import ClaimAmounts, amounts_of

ON = datetime.date(2021, 6, 30)
CITY = "411200"


@dataclass
class Piece:
    units: Decimal
    level: str = ""
    occupation: str = ""
    counts: bool = True
    facts: Mapping[str, Any] = field(default_factory=dict)


def rule(scheme: ClaimScheme, *, entered: tuple[Provision, ...] = ()) -> ClaimRule:
    found = rule_with(scheme, place=CITY, on=ON, known_on=datetime.date.max, entered=entered)
    assert found is not None
    return found


def entered(name: str, value: int, *, key: str | None = None, unit: str = "元") -> Provision:
    return Provision(
        id=name, jurisdiction=CITY, title="本地标准", unit=unit, force="mandatory",
        kind="threshold", document="本地文件", clause="一", evidence="L", valid_from=ON,
        known_from=ON, review_by=datetime.date.max, value=Fraction(value), key=key,
    )  # fmt: skip


def of_students(*months: int, passed: bool | None) -> ClaimAmounts:
    items = [Piece(units=Decimal(each)) for each in months]
    facts = {"passed_assessment": passed}
    return amounts_of(rule=rule(ClaimScheme.INTERNSHIP), items=items, facts=facts)


def test_months_of_students_are_paid_by_the_local_rate() -> None:
    found = of_students(6, 3, passed=True)
    assert (found.planned, found.due, found.to_pay) == (1800, 1800, 1800)
    assert [each.planned for each in found.items] == [1200, 600]
    assert sum(each.due for each in found.items) == found.due


def test_nothing_is_due_before_the_assessment_and_it_is_named() -> None:
    found = of_students(6, passed=None)
    assert (found.planned, found.due) == (1200, 0)
    assert found.unknown == ("passed_assessment",)
    assert of_students(6, passed=False).unknown == ()


def test_an_item_that_does_not_count_comes_to_nothing() -> None:
    items = [Piece(units=Decimal(6)), Piece(units=Decimal(6), counts=False)]
    found = amounts_of(
        rule=rule(ClaimScheme.INTERNSHIP), items=items, facts={"passed_assessment": True}
    )
    assert found.due == 1200
    assert found.items[1].planned == 0


def test_an_apprentice_who_did_not_finish_is_taken_back() -> None:
    items = [
        Piece(units=Decimal(1), level="中级工", facts={"completed": True}),
        Piece(units=Decimal(2), level="高级工", facts={"completed": False}),
        Piece(units=Decimal(1), level="中级工", facts={"completed": False}),
    ]
    found = amounts_of(
        rule=rule(ClaimScheme.APPRENTICESHIP), items=items, advance_paid=Decimal(11000)
    )
    assert (found.planned, found.advance_limit, found.due) == (22000, 11000, 5000)
    assert (found.to_pay, found.to_recover) == (0, 6000)
    assert [each.due for each in found.items] == [5000, 0, 0]
    assert [each.planned for each in found.items] == [5000, 12000, 5000]


def test_a_level_without_a_rate_is_refused_and_not_zero() -> None:
    items = [Piece(units=Decimal(1), level="技师")]
    with pytest.raises(DomainError, match="未设定"):
        amounts_of(rule=rule(ClaimScheme.APPRENTICESHIP), items=items)


def test_awards_take_what_the_region_entered() -> None:
    assert rule_with(
        ClaimScheme.INNOVATION, place=CITY, on=ON, known_on=datetime.date.max, entered=()
    ) is None  # fmt: skip
    rates = (entered(AWARD, 50000, key="成果转化"), entered(AWARD, 20000, key="技术攻关"))
    own = rule(ClaimScheme.INNOVATION, entered=rates)
    items = [Piece(units=Decimal(2), level="技术攻关"), Piece(units=Decimal(1), level="成果转化")]
    found = amounts_of(rule=own, items=items)
    assert found.planned == found.due == 90000
    assert "本地文件" in found.answer.basis[0].source


def test_one_amount_for_every_kind_is_possible() -> None:
    own = rule(ClaimScheme.INNOVATION, entered=(entered(AWARD, 30000),))
    found = amounts_of(rule=own, items=[Piece(units=Decimal(2), level="共建平台")])
    assert found.planned == 60000


def test_what_the_region_entered_stands_before_the_rulebook_and_stays_with_the_claim() -> None:
    rate = entered("internship_subsidy", 300, unit="元/生·月")
    own = rule(ClaimScheme.INTERNSHIP, entered=(rate,))
    items, facts = [Piece(units=Decimal(2))], {"passed_assessment": True}
    assert amounts_of(rule=own, items=items, facts=facts).due == 600
    kept = kept_rule(scheme=own.scheme, place=CITY, on=ON, kept=own.as_json)
    assert kept is not None
    assert kept.version == own.version
    assert amounts_of(rule=kept, items=items, facts=facts).due == 600


def test_before_the_policy_there_is_no_rule() -> None:
    before = datetime.date(2020, 4, 23)
    assert rule_with(
        ClaimScheme.INTERNSHIP, place=CITY, on=before, known_on=datetime.date.max, entered=()
    ) is None  # fmt: skip
