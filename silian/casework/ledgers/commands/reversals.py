"""Correct by a red entry: nothing booked is ever edited (红字冲销)."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.casework.ledgers import workflow
from silian.casework.ledgers.choices import (
    AccountKind,
    EntryKind,
    PaymentState,
    ReceiptKind,
    ReceivableState,
)
from silian.casework.ledgers.commands.booking import balance, book, locked_lines, subject_of
from silian.casework.ledgers.commands.payments import locked_payment, take_failure
from silian.casework.ledgers.models.journal import JournalEntry
from silian.casework.ledgers.models.payments import FundPayment
from silian.casework.ledgers.models.receivables import Receipt, Receivable
from silian.casework.ledgers.permissions import entries_visible_to, require_keeper
from silian.casework.ledgers.rules import Move
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.money import format_yuan

PLAIN = (EntryKind.APPROPRIATE, EntryKind.REDUCE)
REVERSIBLE = (*PLAIN, EntryKind.CLAIM, EntryKind.RECEIVE)


@transaction.atomic
def reverse(*, entry_id: int, reason: str, on: datetime.date, actor: Actor) -> JournalEntry:
    """Book the opposite of an entry, today, with a reason (红字冲销)."""
    entry = entries_visible_to(actor).select_related("office", "line").get(pk=entry_id)
    require_keeper(actor, entry.office)
    lines = locked_lines(*entry.postings.values_list("account__line_id", flat=True), entry.line_id)
    refuse_irreversible(entry, reason=reason)
    entry.line = lines[entry.line_id]
    if entry.kind in PLAIN:
        refuse_spent(entry)
    elif entry.kind == EntryKind.CLAIM:
        cancel_receivable(entry, actor=actor, reason=reason)
    else:
        undo_receipt(entry, actor=actor, reason=reason)
    return book_opposite(entry, reason=reason, on=on, actor=actor)


def refuse_irreversible(entry: JournalEntry, *, reason: str) -> None:
    if not reason.strip():
        raise DomainError("请写明冲销的原因。", field="reason")
    if JournalEntry.objects.filter(reverses=entry).exists():
        raise WrongState("这张凭证已经冲销过，不能再次冲销。")
    if entry.kind not in REVERSIBLE:
        raise DomainError(
            f"“{entry.get_kind_display()}”凭证不直接冲销："
            "占用请用“释放”，支付请登记退票或退汇，系统会记相反的凭证。"
        )


def refuse_spent(entry: JournalEntry) -> None:
    """The opposite of a grant needs the money to be there still."""
    available = balance(entry.line_id, AccountKind.AVAILABLE)
    if entry.kind == EntryKind.APPROPRIATE and entry.amount > available:
        raise DomainError(
            f"可用指标只有 {format_yuan(available)} 元，"
            f"不能冲销 {format_yuan(entry.amount)} 元的下达。请先释放占用。"
        )


def receivable_of(entry: JournalEntry) -> Receivable:
    """The receivable that a claim opened: the one of the same subject, line and amount."""
    rows = Receivable.objects.select_for_update(of=("self",)).filter(
        subject_type=entry.subject_type, subject_id=entry.subject_id, amount=entry.amount,
        line_id=entry.line_id, state=ReceivableState.OPEN,
    )  # fmt: skip
    found = list(rows.order_by("pk")[:2])
    if not found:
        raise WrongState("这笔应收已收回、已冲销或已结转，不能再冲销。")
    if len(found) > 1:
        raise DomainError("同一事项有多笔相同金额的应收，无法确定冲销哪一笔。请收回或抵扣后办理。")
    return found[0]


def cancel_receivable(entry: JournalEntry, *, actor: Actor, reason: str) -> None:
    row = receivable_of(entry)
    if row.settled:
        raise DomainError(f"这笔应收已收回 {format_yuan(row.settled)} 元。请先冲销收回的凭证。")
    row.state = workflow.receivable.target("cancel", state=ReceivableState(row.state))
    row.save(update_fields=["state"])
    record(actor, "ledgers.receivable.reversed", row, reason=reason)


def undo_receipt(entry: JournalEntry, *, actor: Actor, reason: str) -> None:
    receipt = Receipt.objects.select_for_update(of=("self",)).get(entry=entry)
    row = Receivable.objects.select_for_update(of=("self",)).get(pk=receipt.receivable_id)
    if row.line_id != entry.line_id:
        raise WrongState("这笔应收已结转到新年度，旧年度的收款不能再冲销。")
    available = balance(entry.line_id, AccountKind.AVAILABLE)
    if receipt.amount > available:
        raise DomainError(
            f"收回的钱已经用出，可用指标只有 {format_yuan(available)} 元，不能冲销。请先释放占用。"
        )
    if row.state == ReceivableState.SETTLED:
        row.state = workflow.receivable.target("resume", state=ReceivableState(row.state))
    row.settled -= receipt.amount
    row.save(update_fields=["settled", "state"])
    receipt.kind = ReceiptKind.REVERSED
    receipt.save(update_fields=["kind"])
    record(actor, "ledgers.receivable.reversed", row, reason=reason)


def book_opposite(
    entry: JournalEntry, *, reason: str, on: datetime.date, actor: Actor
) -> JournalEntry:
    """The same postings with the other sign."""
    rows = [
        Move(line_id=line, account=AccountKind(kind), amount=-amount)
        for line, kind, amount in entry.postings.values_list(
            "account__line_id", "account__kind", "amount"
        )
    ]
    return book(
        kind=EntryKind.REVERSE, line=entry.line, amount=entry.amount, on=on, rows=rows,
        memo=f"冲销 {entry.number}：{reason}", subject=subject_of(entry), reverses=entry,
        actor=actor,
    )  # fmt: skip


@transaction.atomic
def bounce_payment(*, payment_id: int, reason: str, on: datetime.date, actor: Actor) -> FundPayment:
    """Take down that paid money came back: reverse the payment, then book the failure (退汇)."""
    payment = locked_payment(payment_id, actor=actor)
    require_keeper(actor, payment.line.fund.office)
    if not reason.strip():
        raise DomainError("请写明退汇的原因。", field="reason")
    if payment.method == "set_off":
        raise DomainError("抵扣没有经过银行，不能退汇。")
    payment.state = workflow.payment.target("bounce", state=PaymentState(payment.state))
    entry = confirming_entry(payment)
    entry.line = payment.line
    book_opposite(entry, reason=reason, on=on, actor=actor)
    take_failure(payment, reason=reason, on=on, actor=actor)
    return payment


def confirming_entry(payment: FundPayment) -> JournalEntry:
    """The entry by which the payment was booked as paid, not reversed yet."""
    return payment.entries.get(kind=EntryKind.CONFIRM, reversed_by__isnull=True)
