"""Nothing comes back without notice, hearing and a decision by another person."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from silian.casework.ledgers.models.receivables import Receivable
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.governance.incentives.choices.claims import (
    ClaimState,
    PaymentKind,
    PaymentStanding,
    StepKind,
)
from silian.governance.incentives.choices.recovery import (
    AppealState,
    RecalculationState,
    RecoveryState,
    RecoveryWay,
)
from silian.governance.incentives.commands.claim_appeals import (
    answer_appeal,
    appeal_claim,
    appeal_recovery,
)
from silian.governance.incentives.commands.claim_following import follow_receivable
from silian.governance.incentives.commands.claim_payments import prepare_payments
from silian.governance.incentives.commands.recalculations import settle_heads
from silian.governance.incentives.commands.recoveries import (
    choose_way,
    decide_recovery,
    drop_recovery,
    note_reminders,
    reply_to_recovery,
)
from silian.governance.incentives.models import Claim, ClaimAppeal, ClaimStep, RecoveryCase
from silian.governance.incentives.queries.claim_sums import sums_of
from silian.governance.incentives.queries.recoveries import cases_to_remind, overdue_amount
from tests.governance.incentives.claim_money import stage
from tests.governance.incentives.claim_money.stage import DAY, NOW, Stage

pytestmark = pytest.mark.django_db
PAY_BY = datetime.date(2026, 4, 30)
AFTER = datetime.date(2026, 3, 26)  # the day after five working days


@pytest.fixture
def dropped_out(given: Stage) -> Claim:
    """Both apprentices left: the advance of 6,000 yuan has to come back."""
    claim = stage.paid(given)
    stage.finish(claim, qualified=0)
    settle_heads(claim_id=claim.pk, on=DAY, now=NOW, actor=given.clerk.actor)
    return claim


def noticed(given: Stage, claim: Claim, amount: str = "6000") -> RecoveryCase:
    row = claim.recalculations.first()
    return stage.noticed(given, claim, amount, recalculation_id=row.pk if row else None)


def decide(given: Stage, case: RecoveryCase, **values: Any) -> RecoveryCase:
    facts = {
        "recovery_id": case.pk, "amount": case.amount, "decision": "属实", "pay_by": PAY_BY,
        "actor": given.second.actor, "now": NOW,
    }  # fmt: skip
    return decide_recovery(**{**facts, **values})  # type: ignore[arg-type]


def test_a_notice_names_amount_cause_clause_and_days(given: Stage, dropped_out: Claim) -> None:
    case = noticed(given, dropped_out)
    assert (case.reply_until, case.state) == (datetime.date(2026, 3, 25), RecoveryState.NOTICED)
    assert dropped_out.recalculations.get().state == RecalculationState.RECOVERING
    assert not Receivable.objects.exists()
    dropped_out.refresh_from_db()
    assert dropped_out.entitled == Decimal(6000)
    stage.assert_books_hold()


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"cause": " "}, "事由"),
        ({"basis": ""}, "依据"),
        ({"reply_days": 0}, "期限"),
        ({"reply_basis": ""}, "期限"),
        ({"amount": Decimal("6000.01")}, "已付而未追回"),
    ],
)
def test_an_incomplete_notice_is_refused(
    given: Stage, dropped_out: Claim, values: dict[str, Any], word: str
) -> None:
    from silian.governance.incentives.commands.recoveries import notice_recovery

    amount = str(values.pop("amount", "6000"))
    with pytest.raises(DomainError, match=word):
        notice_recovery(
            claim_id=dropped_out.pk, notice=stage.notice(amount, **values),
            actor=given.clerk.actor, now=NOW,
        )  # fmt: skip


def test_nobody_decides_before_the_reply_or_its_days(given: Stage, dropped_out: Claim) -> None:
    case = noticed(given, dropped_out)
    with pytest.raises(DomainError, match="尚未陈述申辩"):
        decide(given, case)
    later = stage.at(AFTER)
    assert decide(given, case, now=later).state == RecoveryState.DECIDED


def test_who_noticed_does_not_decide(given: Stage, dropped_out: Claim) -> None:
    case = noticed(given, dropped_out)
    reply_to_recovery(recovery_id=case.pk, text="因病离职", actor=given.unit.actor, now=NOW)
    with pytest.raises(DomainError, match="另一名"):
        decide(given, case, actor=given.clerk.actor)


def test_the_database_refuses_a_recovery_without_hearing(given: Stage, dropped_out: Claim) -> None:
    case = noticed(given, dropped_out)
    decided = {
        "state": RecoveryState.DECIDED, "decided_on": DAY, "decided_amount": Decimal(1),
        "decision": "x", "decided_by": given.second.user,
    }  # fmt: skip
    refused: list[dict[str, Any]] = [
        decided,  # before the days for a reply are over
        {**decided, "replied_at": NOW, "decided_by": given.clerk.user},  # by who gave notice
        {"state": RecoveryState.COLLECTING},  # without a decision
        {"reply_until": DAY},  # no days to reply
        {"basis": ""},
        {**decided, "replied_at": NOW, "decided_amount": Decimal(9000)},  # more than was told
    ]
    for values in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            RecoveryCase.objects.filter(pk=case.pk).update(**values)


def test_a_reply_after_its_days_is_refused(given: Stage, dropped_out: Claim) -> None:
    case = noticed(given, dropped_out)
    with pytest.raises(DomainError, match="已经过期"):
        reply_to_recovery(
            recovery_id=case.pk, text="x", actor=given.unit.actor, now=stage.at(AFTER)
        )
    with pytest.raises(NotAllowed):
        reply_to_recovery(recovery_id=case.pk, text="x", actor=given.second.actor, now=NOW)


def test_a_decision_books_what_is_owed_and_lowers_the_entitlement(
    given: Stage, dropped_out: Claim
) -> None:
    case = stage.decided(given, noticed(given, dropped_out), "5000")
    assert case.receivable is not None
    assert case.receivable.amount == Decimal(5000)
    dropped_out.refresh_from_db()
    sums = sums_of(dropped_out)
    assert (sums.entitled, sums.outstanding, sums.to_recover) == (1000, -5000, 5000)
    stage.assert_books_hold()


def test_instalments_add_up_and_settle_the_case(given: Stage, dropped_out: Claim) -> None:
    case = stage.in_parts(given, stage.decided(given, noticed(given, dropped_out)), 7)
    parts = [part.amount for part in case.receivable.instalments.all()]
    assert sum(parts) == Decimal(6000)
    assert max(parts) - min(parts) <= Decimal("0.01")
    for part in parts:
        stage.comes_back(given, case, str(part))
    case.refresh_from_db()
    dropped_out.refresh_from_db()
    assert (case.state, dropped_out.state) == (RecoveryState.SETTLED, ClaimState.SETTLED)
    assert sums_of(dropped_out).outstanding == 0
    follow_receivable(receivable_id=case.receivable_id)  # told twice
    stage.assert_books_hold()


def test_a_plan_is_given_up_for_one_refund(given: Stage, dropped_out: Claim) -> None:
    case = stage.in_parts(given, stage.decided(given, noticed(given, dropped_out)))
    choose_way(
        recovery_id=case.pk, way=RecoveryWay.REFUND, reason="单位愿意一次退回",
        actor=given.second.actor,
    )  # fmt: skip
    part = case.receivable.instalments.get()
    assert (part.amount, part.due_on) == (Decimal(6000), PAY_BY)


def test_a_late_instalment_is_reminded_of_once_a_week(given: Stage, dropped_out: Claim) -> None:
    case = stage.in_parts(given, stage.decided(given, noticed(given, dropped_out)))
    assert cases_to_remind(on=datetime.date(2026, 4, 15)) == []
    late = datetime.date(2026, 4, 16)
    found = cases_to_remind(on=late)
    assert found == [case]
    assert overdue_amount(case, on=late) == Decimal(2000)
    assert note_reminders(cases=found, on=late) == 1
    assert cases_to_remind(on=late + datetime.timedelta(days=6)) == []
    assert cases_to_remind(on=late + datetime.timedelta(days=7)) == [case]


def test_the_next_subsidy_is_set_off_and_the_rest_is_paid(given: Stage, dropped_out: Claim) -> None:
    case = stage.decided(given, noticed(given, dropped_out), "5000")
    choose_way(
        recovery_id=case.pk, way=RecoveryWay.SET_OFF, reason="单位同意", actor=given.second.actor
    )
    other = stage.prepared(given, heads=3)
    payment = stage.ordered(given, other)
    assert (payment.amount, payment.set_off) == (Decimal(9000), Decimal(5000))
    stage.bank_pays(given)
    payment.refresh_from_db()
    case.refresh_from_db()
    assert (payment.paid, payment.standing) == (Decimal(4000), PaymentStanding.PAID)
    assert case.state == RecoveryState.SETTLED
    assert sums_of(payment.claim).paid == Decimal(9000)
    stage.assert_books_hold()


def test_an_agreed_plan_is_not_set_off_before_it_is_late(given: Stage, dropped_out: Claim) -> None:
    stage.in_parts(given, stage.decided(given, noticed(given, dropped_out)))
    payment = stage.ordered(given, stage.prepared(given, heads=3))
    assert payment.set_off == 0
    later = stage.ordered(given, stage.prepared(given, heads=1), on=datetime.date(2026, 4, 16))
    assert later.set_off == Decimal(2000)
    stage.assert_books_hold()


def test_a_payment_used_up_by_debts_is_done_without_the_bank(
    given: Stage, dropped_out: Claim
) -> None:
    case = stage.decided(given, noticed(given, dropped_out))
    choose_way(
        recovery_id=case.pk, way=RecoveryWay.SET_OFF, reason="抵扣", actor=given.second.actor
    )
    payment = stage.ordered(given, stage.prepared(given, heads=1))
    assert (payment.standing, payment.set_off, payment.paid) == ("paid", Decimal(3000), 0)
    stage.assert_books_hold()


def test_a_dropped_recovery_keeps_the_entitlement(given: Stage, dropped_out: Claim) -> None:
    case = noticed(given, dropped_out)
    with pytest.raises(DomainError, match="另一名"):
        drop_recovery(recovery_id=case.pk, reason="x", actor=given.clerk.actor, now=NOW)
    drop_recovery(recovery_id=case.pk, reason="因公致残", actor=given.second.actor, now=NOW)
    dropped_out.refresh_from_db()
    assert (dropped_out.entitled, dropped_out.state) == (6000, ClaimState.SETTLED)
    stage.assert_books_hold()


def appealed(given: Stage, case: RecoveryCase) -> ClaimAppeal:
    return appeal_recovery(
        recovery_id=case.pk, text="两人均已取得证书", actor=given.unit.actor, now=NOW
    )


def answered(given: Stage, appeal: ClaimAppeal, **values: Any) -> ClaimAppeal:
    facts = {
        "appeal_id": appeal.pk, "changed": True, "answer": "一人证书属实",
        "amount": Decimal(3000), "actor": given.third.actor, "now": NOW,
    }  # fmt: skip
    return answer_appeal(**{**facts, **values})  # type: ignore[arg-type]


def test_an_appeal_is_answered_by_who_did_not_decide(given: Stage, dropped_out: Claim) -> None:
    case = stage.decided(given, noticed(given, dropped_out))
    appeal = appealed(given, case)
    with pytest.raises(NotAllowed, match="另一名"):
        answered(given, appeal, actor=given.second.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimAppeal.objects.update(answered_by=given.second.user)
    assert answered(given, appeal, changed=False).state == AppealState.UPHELD
    with pytest.raises(DomainError, match="一次"):
        appealed(given, case)


def test_an_appeal_in_time_only(given: Stage, dropped_out: Claim) -> None:
    case = stage.decided(given, noticed(given, dropped_out))
    with pytest.raises(DomainError, match="已经过期"):
        appeal_recovery(
            recovery_id=case.pk, text="x", actor=given.unit.actor,
            now=stage.at(datetime.date(2026, 6, 1)),
        )  # fmt: skip


def test_a_changed_decision_is_reversed_and_booked_anew(given: Stage, dropped_out: Claim) -> None:
    case = stage.decided(given, noticed(given, dropped_out))
    before = case.receivable_id
    answered(given, appealed(given, case))
    case.refresh_from_db()
    assert Receivable.objects.get(pk=before).state == "cancelled"
    assert case.receivable is not None
    assert case.receivable.amount == Decimal(3000)
    dropped_out.refresh_from_db()
    assert dropped_out.entitled == Decimal(3000)
    stage.assert_books_hold()


def test_a_revoked_decision_owes_nothing(given: Stage, dropped_out: Claim) -> None:
    case = stage.decided(given, noticed(given, dropped_out))
    answered(given, appealed(given, case), amount=Decimal(0))
    case.refresh_from_db()
    dropped_out.refresh_from_db()
    assert (case.state, case.receivable) == (RecoveryState.DROPPED, None)
    assert (dropped_out.entitled, dropped_out.state) == (6000, ClaimState.SETTLED)
    stage.assert_books_hold()


def test_what_came_back_too_much_is_paid_out_after_the_debt_is_set_off(
    given: Stage, dropped_out: Claim
) -> None:
    case = stage.in_parts(given, stage.decided(given, noticed(given, dropped_out)))
    stage.comes_back(given, case, "4000")
    answered(given, appealed(given, case), amount=Decimal(1000))
    extra = dropped_out.payments.get(kind=PaymentKind.SUPPLEMENT)
    assert extra.amount == Decimal(5000)
    payment = stage.ordered(given, extra)
    assert payment.set_off == Decimal(2000)  # the rest of the old debt
    stage.bank_pays(given)
    dropped_out.refresh_from_db()
    sums = sums_of(dropped_out)
    assert (sums.entitled, sums.outstanding, dropped_out.state) == (5000, 0, ClaimState.SETTLED)
    stage.assert_books_hold()


def test_a_refused_claim_is_decided_again_after_an_appeal(given: Stage) -> None:
    claim = stage.claim_for(given, stage.programme(given), state=ClaimState.REJECTED,
                            reason="材料不全", entitled=Decimal(0))  # fmt: skip
    claim.items.update(counts=False, struck_reason="申领不予支持")
    ClaimStep.objects.create(
        claim=claim, order=1, kind=StepKind.DECIDE, title="审定", office=given.call.owner,
        working_days=5, on_silence="remind", state="refused", opinion="材料不全", opened_on=DAY,
        due_on=PAY_BY,
    )  # fmt: skip
    appeal = appeal_claim(claim_id=claim.pk, text="材料已补", actor=given.unit.actor, now=NOW)
    with pytest.raises(NotAllowed):
        answered(given, appeal, actor=given.second.actor)
    answered(given, appeal, amount=None)
    claim.refresh_from_db()
    assert claim.state == ClaimState.REVIEW
    assert claim.items.filter(counts=True).count() == 2
    assert claim.steps.filter(round=2).exists()
    assert prepare_payments(claim=claim, on=DAY, actor=given.clerk.actor) == []
