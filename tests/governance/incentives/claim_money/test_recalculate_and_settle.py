"""Corrected facts are computed by the old rule, kept before and after, and settled."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.errors import DomainError
from silian.governance.incentives.choices.claims import (
    ClaimState,
    PaymentKind,
    PaymentStanding,
)
from silian.governance.incentives.choices.recovery import RecalculationState
from silian.governance.incentives.commands.claim_payments import prepare_payments
from silian.governance.incentives.commands.recalculations import (
    apply_recalculation,
    find_drift,
    recalculate,
    set_aside,
    settle_heads,
)
from silian.governance.incentives.models import Claim, Recalculation
from silian.governance.incentives.queries.claim_beliefs import belief_on
from silian.governance.incentives.queries.claim_sums import sums_of
from silian.operations.placements.models import Apprentice, ApprenticeBreak
from tests.governance.incentives.claim_money import stage
from tests.governance.incentives.claim_money.stage import DAY, NOW, Stage

pytestmark = pytest.mark.django_db
LONG = datetime.date(2025, 6, 1), datetime.date(2025, 9, 1)


def settled(given: Stage, claim: Claim) -> Recalculation:
    return settle_heads(claim_id=claim.pk, on=DAY, now=NOW, actor=given.clerk.actor)


def found(given: Stage, *, on: datetime.date = DAY) -> Recalculation | None:
    find_drift(on=on, now=stage.at(on), actor=system_actor())
    return Recalculation.objects.order_by("-pk").first()


def applied(given: Stage, row: Recalculation) -> Recalculation:
    return apply_recalculation(
        recalculation_id=row.pk, reason="", on=DAY, now=NOW, actor=given.clerk.actor
    )


def interrupt(claim: Claim) -> ApprenticeBreak:
    """Three months without training: eight whole months are 0.6 years, 2,400 yuan less."""
    apprentice = Apprentice.objects.filter(apprenticeship_id=claim.subject_id).first()
    return ApprenticeBreak.objects.create(
        apprentice=apprentice, starts_on=LONG[0], ends_on=LONG[1], reason="借调"
    )


def test_all_qualified_the_rest_is_paid_and_the_claim_is_settled(given: Stage) -> None:
    claim = stage.paid(given)
    stage.finish(claim, qualified=2)
    assert settled(given, claim).state == RecalculationState.CONFIRMED
    balance = claim.payments.get(kind=PaymentKind.BALANCE)
    assert balance.amount == Decimal(6000)
    stage.ordered(given, balance)
    stage.bank_pays(given)
    claim.refresh_from_db()
    assert (claim.state, sums_of(claim).paid) == (ClaimState.SETTLED, Decimal(12000))
    stage.assert_books_hold()


def test_three_of_four_qualified_are_paid_less_than_planned(given: Stage) -> None:
    claim = stage.paid(given, heads=4)
    stage.finish(claim, qualified=3)
    row = settled(given, claim)
    assert (row.state, row.difference) == (RecalculationState.ADJUSTED, Decimal(-6000))
    assert [(line["before"], line["after"]) for line in row.lines] == [("6000.00", "0.00")]
    assert claim.payments.get(kind=PaymentKind.BALANCE).amount == Decimal(6000)
    claim.refresh_from_db()
    assert claim.entitled == Decimal(18000)
    stage.assert_books_hold()


def test_nobody_qualified_nothing_more_is_paid_and_the_advance_waits_for_notice(
    given: Stage,
) -> None:
    claim = stage.paid(given)
    stage.finish(claim, qualified=0)
    row = settled(given, claim)
    assert (row.state, row.entitled_after) == (RecalculationState.FOUND, Decimal(0))
    assert not claim.payments.filter(kind=PaymentKind.BALANCE).exists()
    claim.refresh_from_db()
    assert claim.entitled == Decimal(6000)  # nothing is taken without a decision
    stage.assert_books_hold()


def test_an_advance_is_settled_once_and_only_after_it_is_paid(given: Stage) -> None:
    payment = stage.prepared(given)
    stage.finish(payment.claim, qualified=2)
    with pytest.raises(DomainError, match="预支还没有拨付"):
        settled(given, payment.claim)
    stage.ordered(given, payment)
    stage.bank_pays(given)
    settled(given, payment.claim)
    with pytest.raises(DomainError, match="没有待结算"):
        settled(given, payment.claim)


def test_nothing_is_kept_when_nothing_changed(given: Stage) -> None:
    stage.paid(given)
    assert found(given) is None


def test_before_payment_a_break_lowers_what_is_paid(given: Stage) -> None:
    payment = stage.prepared(given)
    interrupt(payment.claim)
    row = found(given)
    assert row is not None
    assert (row.state, row.difference) == (RecalculationState.FOUND, Decimal("-2400.00"))
    with pytest.raises(DomainError, match="没有待处理的核算差额"):
        stage.ordered(given, payment)
    assert applied(given, row).state == RecalculationState.ADJUSTED
    claim = Claim.objects.get()
    assert claim.entitled == Decimal("9600.00")
    stage.assert_books_hold()


def test_what_was_believed_then_stays_readable(given: Stage) -> None:
    claim = stage.paid(given)
    interrupt(claim)
    later = datetime.date(2026, 4, 15)
    row = found(given, on=later)
    assert row is not None
    assert belief_on(claim, known_on=DAY).total == Decimal(12000)
    assert belief_on(claim, known_on=later).total == Decimal("9600.00")
    assert row.before["heads"][0]["units"] == "1 年"
    assert row.after["heads"][0]["units"] == "0.6 年"
    assert row.rule_version == claim.rule_version


def test_corrected_back_nothing_is_owed_and_both_are_kept(given: Stage) -> None:
    claim = stage.paid(given)
    gap = interrupt(claim)
    first = found(given)
    gap.delete()
    second = found(given)
    assert first is not None
    assert second is not None
    first.refresh_from_db()
    assert first.state == RecalculationState.SET_ASIDE
    assert (second.state, second.difference) == (RecalculationState.CONFIRMED, Decimal(0))
    assert second.before == first.after
    assert found(given) == second
    stage.assert_books_hold()


def test_set_aside_needs_a_reason_and_is_not_found_again(given: Stage) -> None:
    claim = stage.paid(given)
    interrupt(claim)
    row = found(given)
    assert row is not None
    with pytest.raises(DomainError, match="理由"):
        set_aside(recalculation_id=row.pk, reason="", now=NOW, actor=given.clerk.actor)
    set_aside(recalculation_id=row.pk, reason="借调期间继续培养", now=NOW, actor=given.clerk.actor)
    assert found(given) == row
    assert claim.recalculations.count() == 1


def test_more_is_owed_after_the_settlement_and_paid_as_a_supplement(given: Stage) -> None:
    claim = stage.paid(given)
    gap = interrupt(claim)
    row = found(given)
    assert row is not None
    applied(given, row)
    stage.finish(claim, qualified=2)
    settled(given, claim)
    stage.ordered(given, claim.payments.get(kind=PaymentKind.BALANCE))
    stage.bank_pays(given)
    claim.refresh_from_db()
    assert claim.state == ClaimState.SETTLED
    gap.delete()
    more = found(given)
    assert more is not None
    assert applied(given, more).state == RecalculationState.SUPPLEMENTED
    extra = claim.payments.get(kind=PaymentKind.SUPPLEMENT)
    assert extra.amount == Decimal("2400.00")
    stage.ordered(given, extra)
    stage.bank_pays(given)
    claim.refresh_from_db()
    assert (claim.state, sums_of(claim).paid) == (ClaimState.SETTLED, Decimal(12000))
    stage.assert_books_hold()


def test_a_claim_under_review_is_not_computed_again(given: Stage) -> None:
    claim = stage.claim_for(given, stage.programme(given), state=ClaimState.REVIEW)
    with pytest.raises(DomainError, match="已批准"):
        recalculate(claim_id=claim.pk, cause="x", on=DAY, now=NOW, actor=system_actor())


def test_an_unordered_payment_is_cancelled_and_set_down_with_less(given: Stage) -> None:
    payment = stage.prepared(given, advance_asked=Decimal(6000))
    claim = payment.claim
    Apprentice.objects.filter(apprenticeship_id=claim.subject_id).first().delete()  # type: ignore[union-attr]
    Claim.objects.update(advance_asked=Decimal(6000))
    row = found(given)
    assert row is not None
    assert row.difference == Decimal(-6000)
    applied(given, row)
    live = claim.payments.exclude(standing=PaymentStanding.CANCELLED).get()
    assert live.amount == Decimal(3000)  # at most half of what is left
    stage.assert_books_hold()


def test_without_an_advance_all_is_paid_at_the_settlement(given: Stage) -> None:
    claim = stage.claim_for(given, stage.programme(given), advance_asked=Decimal(0))
    assert prepare_payments(claim=claim, on=DAY, actor=given.clerk.actor) == []
    stage.finish(claim, qualified=1)
    settled(given, claim)
    assert claim.payments.get().amount == Decimal(6000)
    stage.assert_books_hold()
