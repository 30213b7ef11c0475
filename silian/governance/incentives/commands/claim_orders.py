"""Order what is paid on claims: set off what is owed, pay the rest, one by one or many."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from silian.casework.ledgers.choices import PaymentState
from silian.casework.ledgers.commands.payments import Payee, pay
from silian.casework.ledgers.commands.receivables import set_off
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.jobs import start_job
from silian.foundation.kernel.models import Job
from silian.governance.incentives.choices.claims import PaymentStanding
from silian.governance.incentives.commands.claim_checks import check_locked
from silian.governance.incentives.commands.claim_closing import settle_if_done
from silian.governance.incentives.commands.claim_payments import (
    UNDONE,
    locked_payment,
    require_paying,
    subject_of,
)
from silian.governance.incentives.events.claims import ClaimPaymentMoved
from silian.governance.incentives.models import ClaimPayment
from silian.governance.incentives.permissions.claims import is_clerk, payments_visible_to
from silian.governance.incentives.queries.claim_debts import debts_due
from silian.governance.incentives.queries.claim_sums import sums_of
from silian.governance.incentives.queries.payment_checks import blocking, newest_gates
from silian.governance.incentives.rules.claim_money import set_offs
from silian.governance.incentives.workflow.claims import claim_payment as life

JOB = "incentives.order_payments"
MOST_ORDERED = 500  # one batch of a department; the bank's own limit is 2,000
DONE = (PaymentStanding.ORDERED, PaymentStanding.PAID)


def order_payment(
    *, payment_id: int, on: datetime.date, now: datetime.datetime, actor: Actor
) -> ClaimPayment:
    """Check anew, then order one payment (安排支付).

    Ordered once it stays ordered: run again after a crash it changes nothing. The check is kept
    even when it stops the payment.
    """
    payment = checked(payment_id=payment_id, on=on, now=now, actor=actor)
    if payment.standing in DONE:
        return payment
    closed = blocking(newest_gates(payment), on=on)
    if closed:
        names = "；".join(f"{gate.title}（{gate.clause}）" for gate in closed[:3])
        raise DomainError(f"有 {len(closed)} 项条件未满足，不能拨付：{names}")
    return order_checked(payment_id=payment_id, on=on, actor=actor)


@transaction.atomic
def checked(
    *, payment_id: int, on: datetime.date, now: datetime.datetime, actor: Actor
) -> ClaimPayment:
    payment = locked_payment(payment_id, actor=actor)
    require_paying(actor, payment.claim)
    if payment.standing == PaymentStanding.CANCELLED:
        raise DomainError("拨付已取消，不能安排。需要时请重新生成。")
    if payment.standing not in DONE:
        check_locked(payment, on=on, now=now)
    return payment


@transaction.atomic
def order_checked(*, payment_id: int, on: datetime.date, actor: Actor) -> ClaimPayment:
    """Set off and pay in one step: either all of it is booked or nothing."""
    payment = locked_payment(payment_id, actor=actor)
    require_paying(actor, payment.claim)
    if payment.standing in DONE:
        return payment
    refuse_unreturned(payment)
    if blocking(newest_gates(payment), on=on):
        raise DomainError("条件刚刚有变化，不能拨付。请重新核对。")
    target = order_target(payment, actor=actor)
    payment.attempt += 1
    set_off_debts(payment, on=on)
    rest = payment.amount - payment.set_off
    if rest:
        payment.fund_payment_id = pay_rest(payment, rest, actor=actor)
    else:
        target, payment.paid_on = life.target("pay", state=target), on
    payment.standing, payment.ordered_by_id, payment.failure = target, actor.user_id, ""
    payment.save()
    detail = {"paid": str(rest), "set_off": str(payment.set_off)}
    record(actor, "incentives.payment.ordered", payment, detail=detail)
    publish(ClaimPaymentMoved(claim_payment_id=payment.pk, standing=str(payment.standing)))
    settle_if_done(payment.claim)
    return payment


def order_target(payment: ClaimPayment, *, actor: Actor) -> PaymentStanding:
    sums = sums_of(payment.claim)
    target: PaymentStanding = life.target(
        "order",
        state=PaymentStanding(payment.standing),
        amount=payment.amount - payment.set_off,
        available=sums.to_pay - sums.in_flight,
        entered_by=payment.claim.entered_by_id,
        actor_id=actor.user_id,
    )
    return target


def refuse_unreturned(payment: ClaimPayment) -> None:
    before = payment.fund_payment
    if before is not None and before.state not in UNDONE:
        raise DomainError("上次支付的退票还没有退回占用，请记账单位先在资金台账办理。")


def set_off_debts(payment: ClaimPayment, *, on: datetime.date) -> None:
    """Use the payment for what the unit owes by decision, oldest debt first (抵扣).

    The decision to recover is on record with its person; the books follow it, so the system books.
    """
    claim, total = payment.claim, Decimal(0)
    debts = debts_due(claim, on=on)
    for receivable_id, part in set_offs(amount=payment.amount - payment.set_off, debts=debts):
        set_off(
            receivable_id=receivable_id,
            commitment_id=payment.commitment_id or 0,
            amount=part,
            key=f"claim-payment-{payment.pk}-{payment.attempt}-set-{receivable_id}",
            on=on,
            actor=system_actor(),
        )
        total += part
    payment.set_off += total


def pay_rest(payment: ClaimPayment, rest: Decimal, *, actor: Actor) -> int:
    """The order to the bank, once for each attempt."""
    claim = payment.claim
    if not claim.account_cipher:
        raise DomainError("申领没有收款账户，不能支付。请申领单位补充账户。")
    made = pay(
        commitment_id=payment.commitment_id or 0,
        amount=rest,
        payee=Payee(
            name=claim.organisation.name, bank=claim.bank_name, account=claim.account_number
        ),
        subject=subject_of(claim),
        key=f"claim-payment-{payment.pk}-{payment.attempt}",
        actor=actor,
    )
    if made.state == PaymentState.CANCELLED:
        raise DomainError("这笔支付已撤销。请重新核对后再安排。")
    return made.pk


@dataclass
class Ordered:
    """How a batch went (批量安排结果)."""

    ordered: int = 0
    refused: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        stopped = f"，{len(self.refused)} 笔没有安排：{self.refused[0]}" if self.refused else ""
        return f"已安排 {self.ordered} 笔{stopped}"


def order_many(
    *,
    payment_ids: Sequence[int],
    on: datetime.date,
    now: datetime.datetime,
    actor: Actor,
    tell: Callable[[int], None],
) -> Ordered:
    """Order each payment in a transaction of its own; stopped and run again, it goes on."""
    result = Ordered()
    for place, payment_id in enumerate(payment_ids, start=1):
        try:
            order_payment(payment_id=payment_id, on=on, now=now, actor=actor)
        except DomainError as refusal:
            name = ClaimPayment.objects.select_related("claim").get(pk=payment_id)
            result.refused.append(f"{name}：{refusal.sentence}")
        else:
            result.ordered += 1
        tell(place)
    return result


@transaction.atomic
def order_payments(*, payment_ids: Sequence[int], actor: Actor) -> Job:
    """Order a batch in the background, with progress (批量安排支付)."""
    if not is_clerk(actor):
        raise NotAllowed("补贴拨付由牵头部门的统筹人员或审核员安排。")
    wanted = sorted(set(payment_ids))
    if not 0 < len(wanted) <= MOST_ORDERED:
        raise DomainError(f"请选择 1 到 {MOST_ORDERED} 笔拨付。")
    found = payments_visible_to(actor).filter(
        pk__in=wanted, claim__call__owner_id=actor.organisation_id
    )
    if found.count() != len(wanted):
        raise NotAllowed("有的拨付不由本部门安排。请重新选择。")
    return start_job(
        kind=JOB, title=f"安排 {len(wanted)} 笔补贴拨付", actor=actor, payment_ids=wanted
    )
