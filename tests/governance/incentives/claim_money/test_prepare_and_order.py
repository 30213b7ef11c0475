"""Approved money is promised, checked against stored gates, ordered once, and followed."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.casework.ledgers.models.payments import Commitment, FundPayment
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.governance.incentives.choices.claims import (
    ClaimState,
    GateOutcome,
    PaymentKind,
    PaymentStanding,
)
from silian.governance.incentives.commands.claim_checks import expire_overrides, override_gate
from silian.governance.incentives.commands.claim_following import follow_payment
from silian.governance.incentives.commands.claim_orders import order_payment
from silian.governance.incentives.commands.claim_payments import (
    cancel_payment,
    prepare_payments,
    renew_payment,
)
from silian.governance.incentives.models import Claim, ClaimPayment, PaymentGate
from silian.governance.incentives.queries.claim_sums import sums_of
from tests.governance.incentives.claim_money import stage
from tests.governance.incentives.claim_money.stage import DAY, NOW, Stage

pytestmark = pytest.mark.django_db
LATER = datetime.date(2026, 3, 20)


def test_half_is_paid_in_advance_and_all_is_promised(given: Stage) -> None:
    payment = stage.prepared(given)
    assert (payment.kind, payment.amount) == (PaymentKind.ADVANCE, Decimal("6000.00"))
    assert Commitment.objects.get().amount == Decimal(12000)
    again = prepare_payments(claim=payment.claim, on=DAY, actor=given.clerk.actor)
    assert [row.pk for row in again] == [payment.pk]
    stage.assert_books_hold()


def test_less_is_paid_in_advance_when_less_is_asked(given: Stage) -> None:
    assert stage.prepared(given, advance_asked=Decimal(2500)).amount == Decimal(2500)


def test_every_gate_is_stored_with_clause_and_round(given: Stage) -> None:
    payment = stage.checked(given, stage.prepared(given))
    gates = list(payment.gates.all())
    assert payment.standing == PaymentStanding.READY, [str(g) for g in gates if g.is_closed]
    assert len(gates) > 8
    assert all(gate.clause and gate.check_round == 1 for gate in gates)
    stage.checked(given, payment)
    assert payment.gates.filter(check_round=1).count() == len(gates)
    assert ClaimPayment.objects.get().check_round == 2


def closed(given: Stage) -> PaymentGate:
    """The account is missing: one gate is closed."""
    payment = stage.prepared(given)
    Claim.objects.update(bank_name="")
    stage.checked(given, payment)
    gate = payment.gates.get(outcome=GateOutcome.FAILED, stops=True)
    assert gate.code == "account"
    return gate


def let_pass(given: Stage, gate: PaymentGate, **values: object) -> PaymentGate:
    facts = {
        "gate_id": gate.pk, "reason": "纸质材料已核", "until": LATER, "now": NOW, "on": DAY,
        "actor": given.second.actor,
    }  # fmt: skip
    return override_gate(**{**facts, **values})  # type: ignore[arg-type]


def test_a_closed_gate_stops_the_payment_and_the_check_is_kept(given: Stage) -> None:
    gate = closed(given)
    with pytest.raises(DomainError, match="收款账户已填写"):
        stage.ordered(given, gate.payment)
    payment = ClaimPayment.objects.get()
    assert (payment.standing, payment.check_round) == (PaymentStanding.WAITING, 2)
    assert not FundPayment.objects.exists()


def test_an_override_has_name_reason_and_end_and_ends_by_itself(given: Stage) -> None:
    gate = closed(given)
    with pytest.raises(DomainError, match="理由"):
        let_pass(given, gate, reason=" ")
    with pytest.raises(DomainError, match="最长 90 天"):
        let_pass(given, gate, until=datetime.date(2027, 1, 1))
    given_gate = let_pass(given, gate)
    assert given_gate.overridden_by == given.second.user
    assert ClaimPayment.objects.get().standing == PaymentStanding.READY
    after = LATER + datetime.timedelta(days=1)
    with pytest.raises(DomainError, match="条件未满足"):
        order_payment(
            payment_id=gate.payment_id, on=after, now=stage.at(after), actor=given.clerk.actor
        )
    assert not FundPayment.objects.exists()


def test_an_override_counts_for_the_next_check_while_it_lasts(given: Stage) -> None:
    let_pass(given, closed(given))
    assert stage.ordered(given, ClaimPayment.objects.get()).standing == PaymentStanding.ORDERED
    newest = ClaimPayment.objects.get().gates.get(check_round=2, code="account")
    assert newest.override_reason == "纸质材料已核"


def test_at_night_an_ended_override_stops_the_payment(given: Stage) -> None:
    let_pass(given, closed(given))
    assert expire_overrides(on=LATER) == 0
    assert expire_overrides(on=LATER + datetime.timedelta(days=1)) == 1
    assert ClaimPayment.objects.get().standing == PaymentStanding.WAITING


def test_a_double_payment_can_be_let_pass_by_nobody(given: Stage) -> None:
    payment = stage.checked(given, stage.prepared(given))
    PaymentGate.objects.filter(code="money.once").update(outcome=GateOutcome.FAILED)
    with pytest.raises(DomainError, match="不得重复拨付，任何人都不能放行"):
        let_pass(given, payment.gates.get(code="money.once"))


def test_nobody_orders_or_lets_pass_what_they_entered(given: Stage) -> None:
    gate = closed(given)
    Claim.objects.update(decided_by=None)
    Claim.objects.update(entered_by=given.second.user)
    with pytest.raises(NotAllowed, match="本人填报"):
        let_pass(given, gate)
    with pytest.raises(NotAllowed, match="本人填报"):
        order_payment(payment_id=gate.payment_id, on=DAY, now=NOW, actor=given.second.actor)


def test_other_departments_and_the_unit_order_nothing(given: Stage) -> None:
    payment = stage.prepared(given)
    for actor in (given.unit.actor, given.books.actor, given.world.reviewer.actor):
        with pytest.raises((NotAllowed, ClaimPayment.DoesNotExist)):
            order_payment(payment_id=payment.pk, on=DAY, now=NOW, actor=actor)


def test_ordered_twice_it_is_one_payment(given: Stage) -> None:
    payment = stage.prepared(given)
    for _ in range(3):
        assert stage.ordered(given, payment).standing == PaymentStanding.ORDERED
    assert FundPayment.objects.count() == 1
    stage.assert_books_hold()


def test_the_bank_pays_and_the_word_may_come_twice(given: Stage) -> None:
    claim = stage.paid(given)
    payment = claim.payments.get()
    for _ in range(2):
        follow_payment(fund_payment_id=payment.fund_payment_id)
    payment.refresh_from_db()
    assert (payment.standing, payment.paid, payment.paid_on) == (
        PaymentStanding.PAID, Decimal(6000), DAY,
    )  # fmt: skip
    sums = sums_of(claim)
    assert (sums.paid, sums.outstanding, claim.state) == (6000, 6000, ClaimState.APPROVED)
    stage.assert_books_hold()


def test_a_refused_payment_is_ordered_anew_after_its_money_is_back(given: Stage) -> None:
    payment = stage.prepared(given)
    stage.ordered(given, payment)
    stage.bank_refuses(given)
    payment.refresh_from_db()
    assert (payment.standing, payment.failure) == (PaymentStanding.FAILED, "账号不符")
    with pytest.raises(DomainError):
        stage.ordered(given, payment)
    stage.take_back(given)
    stage.ordered(given, payment)
    stage.bank_pays(given)
    payment.refresh_from_db()
    assert (payment.standing, payment.attempt, payment.paid) == ("paid", 2, Decimal(6000))
    stage.assert_books_hold()


def test_a_cancelled_payment_stays_promised_and_can_be_set_down_anew(given: Stage) -> None:
    payment = stage.prepared(given)
    with pytest.raises(DomainError, match="原因"):
        cancel_payment(payment_id=payment.pk, reason="", actor=given.clerk.actor)
    cancel_payment(payment_id=payment.pk, reason="换账户", actor=given.clerk.actor)
    made = renew_payment(payment_id=payment.pk, on=DAY, actor=given.clerk.actor)
    assert (made.amount, made.number) == (Decimal(6000), 2)
    with pytest.raises(DomainError, match="另行安排"):
        renew_payment(payment_id=payment.pk, on=DAY, actor=given.clerk.actor)
    stage.assert_books_hold()
