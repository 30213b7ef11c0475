"""What a claim gives a right to: prepare, add, keep back, cancel."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Q

from silian.casework.ledgers.choices import PaymentState
from silian.casework.ledgers.commands.booking import Subject
from silian.casework.ledgers.commands.commitments import commit, release
from silian.casework.ledgers.models.payments import Commitment
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.governance.incentives.choices.claims import (
    ClaimScheme,
    ClaimState,
    PaymentKind,
    PaymentStanding,
)
from silian.governance.incentives.events.claims import ClaimMoved, ClaimPaymentMoved
from silian.governance.incentives.models import Claim, ClaimPayment
from silian.governance.incentives.permissions.claims import payments_visible_to, require_lead
from silian.governance.incentives.queries.claim_amounts import amounts_of_claim
from silian.governance.incentives.queries.claim_beliefs import last_belief
from silian.governance.incentives.queries.claim_sums import CLAIM, commitments_of
from silian.governance.incentives.rules.claim_money import advance_of
from silian.governance.incentives.workflow.claims import claim as claim_life
from silian.governance.incentives.workflow.claims import claim_payment as life

ZERO = Decimal(0)
NOT_ORDERED = (PaymentStanding.WAITING, PaymentStanding.READY, PaymentStanding.FAILED)
UNDONE = (PaymentState.RETURNED, PaymentState.CANCELLED)


@transaction.atomic
def prepare_payments(*, claim: Claim, on: datetime.date, actor: Actor) -> list[ClaimPayment]:
    """Promise the money of an approved claim and set down what is paid first (生成拨付).

    Called again, it finds what the first call made.
    """
    claim = locked_claim(claim.pk)
    made = list(claim.payments.order_by("number"))
    if made or not claim.entitled:
        return made
    source = promise(claim, amount=claim.entitled, part="0", on=on, actor=actor)
    if not claim.call.pays_advance:
        return [add_payment(claim, PaymentKind.FULL, claim.entitled, source=source, on=on)]
    if not claim.advance_asked:
        return []
    amount = advance_due(claim)
    if not amount:
        return []
    return [add_payment(claim, PaymentKind.ADVANCE, amount, source=source, on=on)]


def advance_due(claim: Claim) -> Decimal:
    """What may be paid in advance by the claim's own rule (预支)."""
    limit = amounts_of_claim(claim).advance_limit
    return advance_of(asked=claim.advance_asked, limit=limit, entitled=claim.entitled)


def locked_claim(claim_id: int) -> Claim:
    """The claim, locked: whoever moves its money waits here."""
    rows = Claim.objects.select_related("call__line__fund__office", "call__owner", "organisation")
    return rows.select_for_update(of=("self",)).get(pk=claim_id)


def locked_payment(payment_id: int, *, actor: Actor) -> ClaimPayment:
    """A payment that the actor sees, with its claim, the claim locked first."""
    seen = payments_visible_to(actor) if not actor.is_system else ClaimPayment.objects.all()
    claim = locked_claim(seen.values_list("claim_id", flat=True).get(pk=payment_id))
    payment = ClaimPayment.objects.select_for_update(of=("self",)).get(pk=payment_id)
    payment.claim = claim
    return payment


def require_paying(actor: Actor, claim: Claim) -> None:
    """The lead department's clerk, never for the own unit, nor for what one entered oneself."""
    require_lead(actor, claim.call)
    if actor.organisation_id == claim.organisation_id or (
        actor.user_id is not None and actor.user_id == claim.entered_by_id
    ):
        raise NotAllowed("申领由您本人填报或属于您所在单位，拨付要由其他人员办理。")


def subject_of(claim: Claim) -> Subject:
    return Subject(type=CLAIM, id=str(claim.pk), label=f"{claim.call.title} {claim.number}")


def promise(
    claim: Claim, *, amount: Decimal, part: str, on: datetime.date, actor: Actor
) -> Commitment:
    """Commit money of the call's line for the claim; once for each ``part`` (占用指标)."""
    return commit(
        line_id=claim.call.line_id,
        amount=amount,
        subject=subject_of(claim),
        key=f"claim-{claim.pk}-{part}",
        on=on,
        actor=actor,
    )


def add_payment(
    claim: Claim,
    kind: PaymentKind,
    amount: Decimal,
    *,
    source: Commitment,
    on: datetime.date,
    reason: str = "",
) -> ClaimPayment:
    last = claim.payments.aggregate(last=Max("number"))["last"] or 0
    made = ClaimPayment.objects.create(
        claim=claim,
        kind=kind,
        number=last + 1,
        amount=amount,
        due_on=due_day(claim, on=on),
        commitment=source,
        reason=reason[:300],
    )
    publish(ClaimPaymentMoved(claim_payment_id=made.pk, standing=str(made.standing)))
    return made


def due_day(claim: Claim, *, on: datetime.date) -> datetime.date:
    """The day on which the last person's months are complete; today at the earliest (应拨付日)."""
    if claim.call.scheme != ClaimScheme.INTERNSHIP:
        return on
    last = last_belief(claim).due_on
    return max(on, last) if last else on


def add_entitlement(
    claim: Claim,
    *,
    amount: Decimal,
    part: str,
    reason: str,
    on: datetime.date,
    actor: Actor,
    later: bool = False,
) -> ClaimPayment | None:
    """More is owed to the unit: promise it and set down a supplement (补拨).

    ``later`` leaves the payment to the settlement of an advance.
    """
    source = promise(claim, amount=amount, part=part, on=on, actor=actor)
    claim.entitled += amount
    claim.save(update_fields=["entitled"])
    reopen(claim)
    if later:
        return None
    return add_payment(claim, PaymentKind.SUPPLEMENT, amount, source=source, on=on, reason=reason)


def kept_payments(claim: Claim, source: Commitment) -> list[ClaimPayment]:
    """Payments out of a commitment that are not ordered and may be made smaller, newest first.

    One that failed counts when the bank's money is back; one partly set off stays as it is.
    """
    rows = claim.payments.filter(commitment=source, standing__in=NOT_ORDERED, set_off=0)
    back = Q(fund_payment__isnull=True) | Q(fund_payment__state__in=UNDONE)
    return list(rows.filter(back).order_by("-number"))


def reducible(claim: Claim, source: Commitment) -> Decimal:
    """What of a commitment is not ordered and not needed for a payment partly made (可核减)."""
    rows = claim.payments.filter(commitment=source, standing__in=NOT_ORDERED, set_off__gt=0)
    return source.remaining - sum((row.amount - row.set_off for row in rows), ZERO)


def not_ordered(claim: Claim) -> Decimal:
    """What is promised to the claim and can still be kept back (未安排金额)."""
    sources = commitments_of([str(claim.pk)])
    return sum((max(ZERO, reducible(claim, source)) for source in sources), ZERO)


def keep_back(
    claim: Claim, *, amount: Decimal, reason: str, on: datetime.date, actor: Actor
) -> None:
    """Less is owed: release what is promised and not ordered, uncovered money first (核减).

    A payment larger than what is left is cancelled and set down anew, so that each keeps the
    amount it was checked with.
    """
    left = amount
    for source in commitments_of([str(claim.pk)]).order_by("-pk"):
        part = min(left, reducible(claim, source))
        if part <= 0:
            continue
        shrink_payments(claim, source, part=part, reason=reason, on=on)
        release(commitment_id=source.pk, amount=part, reason=reason, on=on, actor=actor)
        left -= part
    if left:
        raise DomainError("有付款退票尚未退回占用，不能核减。请先由记账单位办理退回。")
    claim.entitled -= amount
    claim.save(update_fields=["entitled"])


def shrink_payments(
    claim: Claim, source: Commitment, *, part: Decimal, reason: str, on: datetime.date
) -> None:
    """Make payments smaller as far as a part of the commitment is not uncovered."""
    rows = kept_payments(claim, source)
    uncovered = reducible(claim, source) - sum((row.amount for row in rows), ZERO)
    left = part - max(ZERO, uncovered)
    for row in rows:
        fall = min(left, row.amount)
        if fall > 0:
            shrink(row, fall=fall, source=source, reason=reason, on=on)
            left -= fall


def limit_advance(claim: Claim, *, limit: Decimal, reason: str, on: datetime.date) -> None:
    """An advance that is not ordered stays below the limit of the lower sum (预支上限)."""
    most = advance_of(asked=claim.advance_asked, limit=limit, entitled=claim.entitled)
    for source in commitments_of([str(claim.pk)]):
        for row in kept_payments(claim, source):
            if row.kind == PaymentKind.ADVANCE and row.amount > most:
                shrink(row, fall=row.amount - most, source=source, reason=reason, on=on)


def shrink(
    payment: ClaimPayment, *, fall: Decimal, source: Commitment, reason: str, on: datetime.date
) -> None:
    """Cancel a payment and set it down anew with less (调整拨付金额)."""
    rest, kind = payment.amount - fall, PaymentKind(payment.kind)
    withdraw(payment, reason=reason)
    if rest > 0:
        add_payment(payment.claim, kind, rest, source=source, on=on, reason=reason)


def withdraw(payment: ClaimPayment, *, reason: str) -> None:
    payment.standing = life.target("cancel", state=PaymentStanding(payment.standing))
    payment.reason = reason.strip()[:300]
    payment.save(update_fields=["standing", "reason"])
    publish(ClaimPaymentMoved(claim_payment_id=payment.pk, standing=str(payment.standing)))


@transaction.atomic
def cancel_payment(*, payment_id: int, reason: str, actor: Actor) -> ClaimPayment:
    """Cancel a payment that is not ordered; the entitlement stays (取消拨付)."""
    payment = locked_payment(payment_id, actor=actor)
    require_paying(actor, payment.claim)
    if not reason.strip():
        raise DomainError("请写明取消的原因。", field="reason")
    if payment.set_off:
        raise DomainError("这笔拨付已有一部分抵扣欠款，不能取消。请先办理其余部分。")
    withdraw(payment, reason=reason)
    record(actor, "incentives.payment.cancelled", payment, reason=reason)
    return payment


@transaction.atomic
def renew_payment(*, payment_id: int, on: datetime.date, actor: Actor) -> ClaimPayment:
    """Set a cancelled payment down anew, as far as its money is still promised (重新生成)."""
    payment = locked_payment(payment_id, actor=actor)
    require_paying(actor, payment.claim)
    if payment.standing != PaymentStanding.CANCELLED or payment.commitment is None:
        raise DomainError("只有已取消的拨付可以重新生成。")
    source = Commitment.objects.get(pk=payment.commitment.pk)
    live = payment.claim.payments.filter(commitment=source, standing__in=NOT_ORDERED)
    free = source.remaining - sum((row.amount - row.set_off for row in live), ZERO)
    kind = PaymentKind(payment.kind)
    same = payment.claim.payments.filter(kind=kind).exclude(standing=PaymentStanding.CANCELLED)
    again = kind != PaymentKind.SUPPLEMENT and same.exists()
    if again or free < payment.amount:
        raise DomainError("这笔钱已另行安排或已释放，不能重新生成。")
    made = add_payment(payment.claim, kind, payment.amount, source=source, on=on)
    record(actor, "incentives.payment.renewed", made)
    return made


def reopen(claim: Claim) -> None:
    """A settled claim with new money is open again (重新核算)."""
    if claim.state == ClaimState.SETTLED:
        claim.state = claim_life.target("resettle", state=ClaimState(claim.state))
        claim.save(update_fields=["state"])
        publish(ClaimMoved(claim_id=claim.pk, step="resettle"))
