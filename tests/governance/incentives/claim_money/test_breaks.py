"""A break of 27 or 28 days, before and after the payment, corrected later, corrected back."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.foundation.kernel.actors import system_actor
from silian.governance.incentives.choices.claims import ClaimScheme, ClaimState, PaymentStanding
from silian.governance.incentives.choices.recovery import RecalculationState
from silian.governance.incentives.commands.claim_payments import prepare_payments
from silian.governance.incentives.commands.recalculations import apply_recalculation, find_drift
from silian.governance.incentives.models import (
    Claim,
    ClaimPayment,
    ClaimStep,
    HostAssessment,
    Recalculation,
)
from silian.governance.incentives.queries.claim_beliefs import belief_on
from silian.operations.placements.choices.internships import InternshipState
from silian.operations.placements.models import Interruption
from silian.registers.policies.models import Parameter
from tests.governance.incentives.claim_money import stage
from tests.governance.incentives.claim_money.stage import DAY, NOW, Stage
from tests.operations.placements.stage import make_internship
from tests.world import CITY, World

pytestmark = pytest.mark.django_db
BEGINS, ENDS = datetime.date(2025, 3, 1), datetime.date(2025, 9, 1)
BREAK = datetime.date(2025, 5, 1)
LATER = datetime.date(2026, 4, 8)


def set_limit(days: int) -> None:
    Parameter.objects.create(
        division_id=CITY, code="P07", name="break_limit_days", title="中断天数界限", value=days,
        unit="日", force="mandatory", source="本地文件", place="第五条",
        valid_from=datetime.date(2025, 1, 1),
    )  # fmt: skip


@pytest.fixture
def interns(world: World) -> Stage:
    """An internship call; the city set 28 days; one intern with a break of 27 days."""
    given = stage.make_stage(world, scheme=ClaimScheme.INTERNSHIP)
    set_limit(28)
    row = make_internship(
        world, state=InternshipState.FINISHED, starts_on=BEGINS, ends_on=ENDS,
        started_on=BEGINS, ended_on=ENDS,
    )  # fmt: skip
    Interruption.objects.create(internship=row, starts_on=BREAK, ends_on=after(27), reason="病假")
    return given


def after(days: int) -> datetime.date:
    return BREAK + datetime.timedelta(days=days)


def prepared(given: Stage) -> ClaimPayment:
    claim = stage.claim_for(given)
    ClaimStep.objects.create(
        claim=claim, order=1, kind="certify", title="学校核对", working_days=5,
        office=given.world.school.organisation, on_silence="remind", state="agreed",
        opened_on=DAY, due_on=DAY,
    )  # fmt: skip
    HostAssessment.objects.create(
        organisation=given.unit.organisation, year=2025, division_id=CITY, state="passed",
        basis="实习考核办法", proposed_at=NOW, decided_on=DAY, decided_by=given.second.user,
    )  # fmt: skip
    return prepare_payments(claim=claim, on=DAY, actor=given.clerk.actor)[0]


def correct(days: int, *, on: datetime.date = DAY) -> Recalculation:
    """The school corrects the length of the break, and the night finds it."""
    Interruption.objects.update(ends_on=after(days))
    find_drift(on=on, now=stage.at(on), actor=system_actor())
    return Recalculation.objects.order_by("-pk")[0]


def applied(given: Stage, row: Recalculation, *, on: datetime.date = DAY) -> Recalculation:
    return apply_recalculation(
        recalculation_id=row.pk, reason="", on=on, now=stage.at(on), actor=given.clerk.actor
    )


def test_27_days_count_and_nothing_is_found(interns: Stage) -> None:
    payment = prepared(interns)
    assert payment.amount == Decimal(1200)
    find_drift(on=DAY, now=NOW, actor=system_actor())
    assert not Recalculation.objects.exists()


def test_28_days_before_the_payment_lower_it_and_move_its_day(interns: Stage) -> None:
    payment = prepared(interns)
    row = correct(28)
    assert (row.state, row.difference) == (RecalculationState.FOUND, Decimal(-200))
    assert row.before["due_on"] != row.after["due_on"]
    assert row.lines[0]["units_before"] == "6 个月"
    assert row.lines[0]["units_after"] == "5 个月"
    assert applied(interns, row).state == RecalculationState.ADJUSTED
    live = ClaimPayment.objects.exclude(standing=PaymentStanding.CANCELLED).get()
    assert live.amount == Decimal(1000)
    assert live.pk != payment.pk
    stage.assert_books_hold()


def paid_out(given: Stage) -> Claim:
    payment = stage.ordered(given, prepared(given))
    stage.bank_pays(given)
    claim = Claim.objects.get(pk=payment.claim_id)
    assert claim.state == ClaimState.SETTLED
    return claim


def test_28_days_after_the_payment_are_a_difference_to_recover(interns: Stage) -> None:
    claim = paid_out(interns)
    row = correct(28, on=LATER)
    assert applied(interns, row, on=LATER).state == RecalculationState.FOUND
    claim.refresh_from_db()
    assert (claim.state, claim.entitled) == (ClaimState.APPROVED, Decimal(1200))
    case = stage.noticed(interns, claim, "200", recalculation_id=row.pk)
    stage.decided(interns, case)
    stage.comes_back(interns, case, "200")
    claim.refresh_from_db()
    assert (claim.state, claim.entitled) == (ClaimState.SETTLED, Decimal(1000))
    stage.assert_books_hold()


def test_corrected_back_after_the_payment_nothing_is_owed(interns: Stage) -> None:
    claim = paid_out(interns)
    first = correct(28, on=LATER)
    second = correct(27, on=LATER + datetime.timedelta(days=1))
    assert (second.state, second.difference) == (RecalculationState.CONFIRMED, 0)
    assert (first.after["total"], second.before["total"], second.after["total"]) == (
        "1000.00", "1000.00", "1200.00",
    )  # fmt: skip
    claim.refresh_from_db()
    assert claim.state == ClaimState.SETTLED
    known = [
        belief_on(claim, known_on=LATER + datetime.timedelta(days=n)).total for n in (-1, 0, 1)
    ]
    assert known == [1200, 1000, 1200]
    stage.assert_books_hold()


def test_corrected_back_after_the_recovery_it_is_paid_again(interns: Stage) -> None:
    claim = paid_out(interns)
    case = stage.noticed(interns, claim, "200", recalculation_id=correct(28).pk)
    stage.decided(interns, case)
    stage.comes_back(interns, case, "200")
    row = correct(27, on=LATER)
    assert row.difference == Decimal(200)
    assert applied(interns, row, on=LATER).state == RecalculationState.SUPPLEMENTED
    stage.ordered(interns, claim.payments.get(kind="supplement"), on=LATER)
    stage.bank_pays(interns, on=LATER)
    claim.refresh_from_db()
    assert (claim.state, claim.entitled) == (ClaimState.SETTLED, Decimal(1200))
    stage.assert_books_hold()


def test_a_newer_limit_does_not_reach_an_old_claim(interns: Stage) -> None:
    claim = paid_out(interns)
    Parameter.objects.update(value=10)
    find_drift(on=LATER, now=stage.at(LATER), actor=system_actor())
    assert not claim.recalculations.exists()
