"""Follow the ledger: what the bank said of payments, what came back."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from silian.casework.ledgers.choices import PaymentState, ReceivableState
from silian.casework.ledgers.models.payments import FundPayment
from silian.casework.ledgers.models.receivables import Receivable
from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.events import publish
from silian.governance.incentives.choices.claims import PaymentStanding
from silian.governance.incentives.choices.recovery import RecoveryState
from silian.governance.incentives.commands.claim_closing import settle_if_done
from silian.governance.incentives.commands.claim_payments import locked_claim
from silian.governance.incentives.events.claims import ClaimPaymentMoved, RecoveryMoved
from silian.governance.incentives.models import ClaimPayment, RecoveryCase
from silian.governance.incentives.workflow.claims import claim_payment as life
from silian.governance.incentives.workflow.recovery import recovery as recovery_life

WITHDRAWN = "支付已撤销，尚未付款"
STEPS = {
    PaymentState.CONFIRMED: ("pay", PaymentStanding.PAID),
    PaymentState.FAILED: ("fail", PaymentStanding.FAILED),
    PaymentState.RETURNED: ("fail", PaymentStanding.FAILED),
    PaymentState.CANCELLED: ("fail", PaymentStanding.FAILED),
}


@transaction.atomic
def follow_payment(*, fund_payment_id: int) -> ClaimPayment | None:
    """Let a payment of a claim stand as its payment in the ledger stands (跟随支付结果).

    It reads the ledger, not the message: told twice or in the wrong order, it ends the same.
    """
    rows = ClaimPayment.objects.filter(fund_payment_id=fund_payment_id)
    found = rows.values("pk", "claim_id").first()
    if found is None:
        return None
    claim = locked_claim(found["claim_id"])
    payment = ClaimPayment.objects.select_for_update(of=("self",)).get(pk=found["pk"])
    payment.claim = claim
    if payment.fund_payment_id == fund_payment_id:
        take_standing(payment, FundPayment.objects.get(pk=fund_payment_id))
        settle_if_done(claim)
    return payment


def take_standing(payment: ClaimPayment, paid: FundPayment) -> None:
    """Take the ledger's word; nothing happens when it is known already."""
    state = PaymentState(paid.state)
    step, target = STEPS.get(state, ("", ""))
    known = (PaymentStanding.ORDERED, PaymentStanding.PAID, PaymentStanding.FAILED)
    if not step or payment.standing == target or payment.standing not in known:
        return
    payment.standing = life.target(step, state=PaymentStanding(payment.standing))
    done = payment.standing == PaymentStanding.PAID
    payment.paid = paid.amount if done else Decimal(0)
    payment.paid_on = paid.confirmed_on if done else None
    payment.failure = "" if done else (paid.failure or WITHDRAWN)
    payment.save(update_fields=["standing", "paid", "paid_on", "failure"])
    publish(ClaimPaymentMoved(claim_payment_id=payment.pk, standing=str(payment.standing)))


def follow_open_payments() -> int:
    """Look at every ordered payment; for words that were never told (补跟支付结果)."""
    rows = ClaimPayment.objects.filter(standing=PaymentStanding.ORDERED)
    stale = rows.filter(fund_payment__state__in=[str(state) for state in STEPS])
    keys = list(stale.values_list("fund_payment_id", flat=True))
    for key in keys:
        follow_payment(fund_payment_id=key or 0)
    return len(keys)


@transaction.atomic
def follow_receivable(*, receivable_id: int) -> RecoveryCase | None:
    """Close a recovery of which everything has come back (追回结清)."""
    found = RecoveryCase.objects.filter(receivable_id=receivable_id).values("pk", "claim_id")
    if not found:
        return None
    claim = locked_claim(found[0]["claim_id"])
    case = RecoveryCase.objects.select_for_update(of=("self",)).get(pk=found[0]["pk"])
    row = Receivable.objects.get(pk=receivable_id)
    open_states = (RecoveryState.DECIDED, RecoveryState.COLLECTING)
    if row.state == ReceivableState.SETTLED and case.state in open_states:
        case.state = recovery_life.target("settle", state=RecoveryState(case.state))
        case.save(update_fields=["state"])
        record(system_actor(), "incentives.recovery.settled", case)
        publish(RecoveryMoved(recovery_id=case.pk, step="settle"))
    settle_if_done(claim)
    return case
