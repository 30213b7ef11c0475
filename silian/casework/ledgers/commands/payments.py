"""Order payments, and take the bank's word on each."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction

from silian.casework.ledgers import workflow
from silian.casework.ledgers.choices import AccountKind as A
from silian.casework.ledgers.choices import EntryKind, PaymentState
from silian.casework.ledgers.commands.booking import (
    Subject,
    book,
    locked_lines,
    same_request,
    subject_of,
)
from silian.casework.ledgers.commands.commitments import locked_commitment
from silian.casework.ledgers.events import PaymentConfirmed, PaymentFailed
from silian.casework.ledgers.models.journal import JournalEntry
from silian.casework.ledgers.models.payments import Commitment, FundPayment
from silian.casework.ledgers.permissions import payments_visible_to, require_keeper, require_spender
from silian.casework.ledgers.rules import Move, exact
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.encryption import encrypted
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.money import format_yuan


@dataclass(frozen=True, kw_only=True)
class Payee:
    """To whom the bank pays (收款人)."""

    name: str
    bank: str
    account: str


@transaction.atomic
def pay(
    *,
    commitment_id: int,
    amount: Decimal,
    payee: Payee,
    subject: Subject,
    key: str,
    actor: Actor,
) -> FundPayment:
    """Order one payment out of a commitment (安排支付).

    The same key with the same content is the same payment, never a second one.
    """
    amount = exact(amount)
    content = {"commitment": commitment_id, "amount": amount, **asdict(payee), **subject.columns()}
    before, mark = same_request(FundPayment, key=key, content=content)
    if before is not None:
        return before
    refuse_unpayable(payee)
    source = locked_commitment(commitment_id, actor=actor)
    take(source, amount=amount)
    made = FundPayment.objects.create(
        commitment=source,
        line=source.line,
        amount=amount,
        payee_name=payee.name.strip(),
        bank_name=payee.bank.strip(),
        account_cipher=encrypted(payee.account),
        account_tail=payee.account[-4:],
        key=key,
        fingerprint=mark,
        created_by_id=actor.user_id,
        **subject.columns(),
    )
    record(actor, "ledgers.payment.ordered", made, detail={"amount": str(amount)})
    return made


def refuse_unpayable(payee: Payee) -> None:
    if not payee.name.strip():
        raise DomainError("请写明收款户名，与银行账户一致。", field="payee_name")
    if not (payee.account.isascii() and payee.account.isdigit() and 8 <= len(payee.account) <= 32):
        raise DomainError("收款账号应为 8 到 32 位数字。请核对。", field="account")


def take(source: Commitment, *, amount: Decimal) -> None:
    """Set an amount of a locked commitment aside for a payment."""
    if amount > source.remaining:
        raise DomainError(
            f"这笔占用还剩 {format_yuan(source.remaining)} 元，"
            f"不够支付 {format_yuan(amount)} 元。请减少金额，或先增加占用。",
            field="amount",
        )
    source.ordered += amount
    source.save(update_fields=["ordered"])


def give_back(payment: FundPayment) -> None:
    """Let the commitment be paid or released anew."""
    source = Commitment.objects.select_for_update(of=("self",)).get(pk=payment.commitment_id)
    source.ordered -= payment.amount
    source.save(update_fields=["ordered"])


def locked_payment(payment_id: int, *, actor: Actor) -> FundPayment:
    """The payment with its line and its commitment's line, lines locked first."""
    seen = payments_visible_to(actor).select_related("commitment").get(pk=payment_id)
    lines = locked_lines(seen.line_id, seen.commitment.line_id)
    payment = FundPayment.objects.select_for_update(of=("self",)).get(pk=payment_id)
    if payment.line_id not in lines:
        raise WrongState("这笔支付刚刚结转到新年度。请刷新后再办理。")
    payment.line = lines[payment.line_id]
    return payment


@transaction.atomic
def cancel_payment(*, payment_id: int, actor: Actor) -> FundPayment:
    """Take back a payment that is in no batch (撤销支付)."""
    payment = locked_payment(payment_id, actor=actor)
    require_spender(actor, payment.line.fund)
    payment.state = workflow.payment.target("cancel", state=PaymentState(payment.state))
    payment.save(update_fields=["state"])
    give_back(payment)
    record(actor, "ledgers.payment.cancelled", payment)
    return payment


@transaction.atomic
def confirm_payment(
    *, payment_id: int, reference: str, on: datetime.date, actor: Actor
) -> FundPayment:
    """Take down that the bank has paid; the same word twice changes nothing (确认支付)."""
    payment = locked_payment(payment_id, actor=actor)
    require_keeper(actor, payment.line.fund.office)
    if payment.state == PaymentState.CONFIRMED and payment.bank_reference == reference:
        return payment
    payment.state = workflow.payment.target("confirm", state=PaymentState(payment.state))
    payment.bank_reference, payment.confirmed_on = reference[:60], on
    payment.save(update_fields=["state", "bank_reference", "confirmed_on"])
    book_payment(payment, kind=EntryKind.CONFIRM, on=on, actor=actor)
    record(actor, "ledgers.payment.confirmed", payment, detail={"reference": reference})
    publish(
        PaymentConfirmed(
            payment_id=payment.pk,
            subject_type=payment.subject_type,
            subject_id=payment.subject_id,
            amount=payment.amount,
        )
    )
    return payment


def book_payment(
    payment: FundPayment,
    *,
    kind: EntryKind,
    on: datetime.date,
    actor: Actor,
    memo: str = "",
    rows: list[Move] | None = None,
) -> JournalEntry:
    return book(
        kind=kind,
        line=payment.line,
        amount=payment.amount,
        on=on,
        memo=memo or payment.summary,
        subject=subject_of(payment),
        payment=payment,
        actor=actor,
        rows=rows or [],
    )


@transaction.atomic
def fail_payment(*, payment_id: int, reason: str, on: datetime.date, actor: Actor) -> FundPayment:
    """Take down that the bank did not pay; the money waits in suspense (退票)."""
    payment = locked_payment(payment_id, actor=actor)
    require_keeper(actor, payment.line.fund.office)
    if not reason.strip():
        raise DomainError("请写明银行退回的原因。", field="reason")
    payment.state = workflow.payment.target("fail", state=PaymentState(payment.state))
    take_failure(payment, reason=reason, on=on, actor=actor)
    return payment


def take_failure(payment: FundPayment, *, reason: str, on: datetime.date, actor: Actor) -> None:
    """Keep a failure and tell; the state is set already."""
    payment.failure, payment.confirmed_on = reason.strip()[:200], None
    payment.save(update_fields=["state", "failure", "confirmed_on"])
    book_payment(payment, kind=EntryKind.FAIL, on=on, actor=actor, memo=payment.failure)
    record(actor, "ledgers.payment.failed", payment, reason=reason)
    publish(
        PaymentFailed(
            payment_id=payment.pk,
            subject_type=payment.subject_type,
            subject_id=payment.subject_id,
            amount=payment.amount,
            reason=payment.failure,
        )
    )


@transaction.atomic
def return_failed(*, payment_id: int, on: datetime.date, actor: Actor) -> FundPayment:
    """Give the money of a failed payment back to its commitment, to be paid anew (退回占用)."""
    payment = locked_payment(payment_id, actor=actor)
    require_keeper(actor, payment.line.fund.office)
    payment.state = workflow.payment.target("return", state=PaymentState(payment.state))
    payment.save(update_fields=["state"])
    book_payment(payment, kind=EntryKind.RETURN, on=on, actor=actor, rows=returning_rows(payment))
    give_back(payment)
    record(actor, "ledgers.payment.returned", payment)
    return payment


def returning_rows(payment: FundPayment) -> list[Move]:
    """Through the budget of both years when the commitment has been carried forward meanwhile."""
    target = Commitment.objects.get(pk=payment.commitment_id).line_id
    if target == payment.line_id:
        return []
    out = ((payment.line_id, A.APPROPRIATED, 1), (payment.line_id, A.SUSPENSE, -1))
    back = ((target, A.COMMITTED, 1), (target, A.APPROPRIATED, -1))
    return [
        Move(line_id=line, account=kind, amount=sign * payment.amount)
        for line, kind, sign in (*out, *back)
    ]
