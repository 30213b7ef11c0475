"""Fulfilment of orders, and what the law asks of apprenticeships."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from silian.operations.placements.choices.hosts import (
    Severity,
)
from silian.operations.placements.choices.orders import (
    OrderSeat,
)
from silian.operations.placements.gateways.legal_limits import APPRENTICESHIPS, limits_of
from silian.operations.placements.rules.apprenticeships import (
    ApprenticeFacts,
    ProgrammeFacts,
    apprentice_findings,
    month_of_training,
    programme_findings,
    wage_in_month,
)
from silian.operations.placements.rules.orders import fulfilment_of, reason_hire_impossible

DAY = datetime.date(2026, 3, 18)
LAWFUL = ApprenticeFacts(
    scheme="enterprise",
    contract_starts_on=DAY,
    contract_ends_on=datetime.date(2027, 3, 18),
    has_contract_number=True,
    has_student_number=True,
    has_agreement=True,
    has_enterprise_mentor=True,
    has_school_mentor=True,
)
PROGRAMME = ProgrammeFacts(
    scheme="enterprise",
    level="中级工",
    months=12,
    practice_hours=300,
    wage_steps=[(1, Decimal(3500)), (7, Decimal(4200))],
    rotation=[(1, 6), (7, 12)],
)


def test_fulfilment_counts_each_step_of_the_order() -> None:
    seats = [OrderSeat.HIRED] * 3 + [OrderSeat.NOT_HIRED, OrderSeat.LEFT, OrderSeat.ENROLLED]
    found = fulfilment_of(ordered=8, seats=seats)
    assert (found.enrolled, found.trained, found.hired) == (6, 4, 3)
    assert found.percent == Decimal("37.5")
    assert found.hired_of_trained == Decimal("75.0")
    assert found.shortfall == 5


def test_an_order_without_students_has_no_rate_of_the_trained() -> None:
    assert fulfilment_of(ordered=8, seats=[]).hired_of_trained is None


@pytest.mark.parametrize(
    ("hired_on", "trained_on", "words"),
    [
        (DAY, None, "还没有培养结业"),
        (DAY - datetime.timedelta(days=1), DAY, "早于培养结业日"),
        (DAY + datetime.timedelta(days=1), DAY, "还没有到"),
    ],
)
def test_hiring_follows_training_and_is_not_announced_ahead(
    hired_on: datetime.date, trained_on: datetime.date | None, words: str
) -> None:
    reason = reason_hire_impossible(hired_on=hired_on, trained_on=trained_on, today=DAY)
    assert reason is not None
    assert words in reason


@pytest.mark.django_db
def test_a_complete_apprentice_has_nothing_against_him() -> None:
    limits = limits_of(division="411200", on=DAY, numbers=APPRENTICESHIPS)
    assert apprentice_findings(apprentice=LAWFUL, limits=limits) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        ({"contract_ends_on": datetime.date(2027, 3, 17)}, "AP-02", Severity.BLOCK),
        ({"contract_ends_on": None}, "AP-02", Severity.BLOCK),
        ({"has_agreement": False}, "AP-13", Severity.BLOCK),
        ({"has_school_mentor": False}, "AP-13", Severity.BLOCK),
        ({"has_contract_number": False}, "AP-15", Severity.BLOCK),
        ({"has_student_number": False}, "AP-15", Severity.BLOCK),
        ({"is_full_time_student": True}, "AP-10", Severity.WARN),
    ],
)
def test_each_single_change_is_found(change: dict[str, object], code: str, severity: str) -> None:
    limits = limits_of(division="411200", on=DAY, numbers=APPRENTICESHIPS)
    found = apprentice_findings(apprentice=replace(LAWFUL, **change), limits=limits)  # type: ignore[arg-type]
    assert [(each.code, each.severity) for each in found] == [(code, severity)]


@pytest.mark.django_db
def test_a_student_of_the_modern_scheme_needs_no_labour_contract() -> None:
    limits = limits_of(division="411200", on=DAY, numbers=APPRENTICESHIPS)
    student = replace(
        LAWFUL,
        scheme="modern",
        contract_starts_on=None,
        contract_ends_on=None,
        has_contract_number=False,
        is_full_time_student=True,
    )
    assert apprentice_findings(apprentice=student, limits=limits) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "words", "blocks"),
    [
        ({"months": 37, "rotation": [(1, 37)]}, "超过上限 36 个月", True),
        ({"level": "高级工"}, "通常培养 24 个月", False),
        ({"wage_steps": [(1, Decimal(3500)), (7, Decimal(3000))]}, "低于前一段", True),
        ({"rotation": [(1, 6)]}, "第 7 个月起", False),
        ({"rotation": [(1, 13)]}, "超出培养期", False),
    ],
)
def test_what_stands_against_filing_a_programme(
    change: dict[str, object], words: str, blocks: bool
) -> None:
    limits = limits_of(division="411200", on=DAY, numbers=APPRENTICESHIPS)
    found = programme_findings(programme=replace(PROGRAMME, **change), limits=limits)  # type: ignore[arg-type]
    told = [each for each in found if words in each.sentence]
    assert told, [each.sentence for each in found]
    assert told[0].blocks is blocks


def test_the_pay_of_a_month_is_the_last_step_begun() -> None:
    steps = PROGRAMME.wage_steps
    assert wage_in_month(month=6, steps=steps) == Decimal(3500)
    assert wage_in_month(month=7, steps=steps) == Decimal(4200)
    assert wage_in_month(month=0, steps=steps) is None


@pytest.mark.parametrize(
    ("on", "month"),
    [
        (datetime.date(2026, 3, 17), 0),
        (datetime.date(2026, 3, 18), 1),
        (datetime.date(2026, 4, 17), 1),
        (datetime.date(2026, 4, 18), 2),
        (datetime.date(2027, 3, 18), 13),
    ],
)
def test_months_of_training_turn_on_the_day_it_began(on: datetime.date, month: int) -> None:
    assert month_of_training(starts_on=DAY, on=on) == month
