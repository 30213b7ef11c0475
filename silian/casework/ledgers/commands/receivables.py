"""What has to come back: open, plan, receive, set off."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from silian.casework.ledgers import workflow
from silian.casework.ledgers.choices import (
    EntryKind,
    PaymentMethod,
    PaymentState,
    ReceiptKind,
    ReceivableState,
)
from silian.casework.ledgers.commands.booking import (
    Subject,
    book,
    locked_line,
    locked_lines,
    same_request,
    subject_of,
)
from silian.casework.ledgers.commands.payments import take
from silian.casework.ledgers.events import PaymentConfirmed, ReceivableSettled
from silian.casework.ledgers.models.journal import JournalEntry
from silian.casework.ledgers.models.payments import Commitment, FundPayment
from silian.casework.ledgers.models.receivables import Instalment, Receipt, Receivable
from silian.casework.ledgers.permissions import (
    commitments_visible_to,
    receivables_visible_to,
    require_keeper,
    require_spender,
)
from silian.casework.ledgers.rules import (
    POSTINGS,
    SPENDING,
    Part,
    equal_parts,
    exact,
    fingerprint,
    moves,
)
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.money import format_yuan


@dataclass(frozen=True, kw_only=True)
class Debtor:
    """Who owes (欠款方)."""

    type: str
    id: str
    name: str


@transaction.atomic
def open_receivable(
    *,
    line_id: int,
    amount: Decimal,
    debtor: Debtor,
    subject: Subject,
    reason: str,
    basis: str,
    due_on: datetime.date,
    key: str,
    on: datetime.date,
    actor: Actor,
) -> Receivable:
    """Book that money has to come back, with reason and basis (确认应收款)."""
    amount = exact(amount)
    names = {"debtor_type": debtor.type, "debtor_id": debtor.id, "debtor_name": debtor.name}
    content = {"line": line_id, "amount": amount, "reason": reason, **names, **subject.columns()}
    before, mark = same_request(Receivable, key=key, content=content)
    if before is not None:
        return before
    line = locked_line(line_id)
    require_spender(actor, line.fund)
    if not (reason.strip() and basis.strip()):
        raise DomainError("请写明收回的原因和依据条款。没有依据不能要求退回。", field="reason")
    made = Receivable.objects.create(
        line=line, amount=amount, reason=reason.strip()[:300], basis=basis.strip()[:200],
        opened_on=on, due_on=due_on, key=key, fingerprint=mark, created_by_id=actor.user_id,
        **names, **subject.columns(),
    )  # fmt: skip
    book(
        kind=EntryKind.CLAIM, line=line, amount=amount, on=on, memo=f"{debtor.name} {reason}",
        subject=subject, actor=actor,
    )  # fmt: skip
    record(actor, "ledgers.receivable.opened", made, reason=reason, detail={"amount": str(amount)})
    return made


def locked_receivable(receivable_id: int, *, actor: Actor) -> Receivable:
    line_id = receivables_visible_to(actor).get(pk=receivable_id).line_id
    line = locked_line(line_id)
    row = Receivable.objects.select_for_update(of=("self",)).get(pk=receivable_id)
    if row.line_id != line_id:
        raise WrongState("这笔应收刚刚结转到新年度。请刷新后再办理。")
    row.line = line
    return row


@transaction.atomic
def plan_instalments(
    *, receivable_id: int, parts: Sequence[Part], reason: str, actor: Actor
) -> Receivable:
    """Agree on instalments that add up to the whole amount (安排分期)."""
    row = locked_receivable(receivable_id, actor=actor)
    require_spender(actor, row.line.fund)
    if row.state != ReceivableState.OPEN:
        raise WrongState(f"当前为“{row.get_state_display()}”，不能安排分期。")
    total = sum((exact(part.amount) for part in parts), Decimal(0))
    if total != row.amount:
        raise DomainError(
            f"各期合计 {format_yuan(total)} 元，应等于应收金额 {format_yuan(row.amount)} 元。",
            field="count",
        )
    if not reason.strip():
        raise DomainError("请写明同意分期的原因。", field="reason")
    row.instalments.all().delete()
    Instalment.objects.bulk_create(
        [
            Instalment(receivable=row, number=part.number, due_on=part.due_on, amount=part.amount)
            for part in parts
        ]
    )
    record(actor, "ledgers.receivable.planned", row, reason=reason, detail={"parts": len(parts)})
    return row


def plan_monthly(
    *, receivable_id: int, count: int, first_on: datetime.date, reason: str, actor: Actor
) -> Receivable:
    """Agree on equal monthly instalments, exact to the cent (按月平均分期)."""
    row = receivables_visible_to(actor).get(pk=receivable_id)
    parts = equal_parts(total=row.amount, count=count, first_on=first_on)
    return plan_instalments(receivable_id=row.pk, parts=parts, reason=reason, actor=actor)


@transaction.atomic
def receive(
    *,
    receivable_id: int,
    amount: Decimal,
    note: str,
    key: str,
    on: datetime.date,
    actor: Actor,
) -> Receipt:
    """Book money that came back; the line may spend it again (登记收回)."""
    amount = exact(amount)
    content = {"receivable": receivable_id, "amount": amount, "on": on}
    before, mark = same_request(Receipt, key=key, content=content)
    if before is not None:
        return before
    row = locked_receivable(receivable_id, actor=actor)
    require_keeper(actor, row.line.fund.office)
    settle(row, amount=amount)
    entry = book(
        kind=EntryKind.RECEIVE, line=row.line, amount=amount, on=on,
        memo=note or f"{row.debtor_name} 退回", subject=subject_of(row), actor=actor,
    )  # fmt: skip
    receipt = Receipt.objects.create(
        receivable=row, kind=ReceiptKind.CASH, key=key, fingerprint=mark, amount=amount,
        received_on=on, note=note[:200], entry=entry,
    )  # fmt: skip
    record(actor, "ledgers.receivable.received", row, detail={"amount": str(amount)})
    return receipt


def settle(row: Receivable, *, amount: Decimal) -> None:
    """Count an amount as come back; a receivable wholly settled is closed and told."""
    if row.state != ReceivableState.OPEN:
        raise WrongState(f"当前为“{row.get_state_display()}”，没有可收回的金额。")
    if amount > row.outstanding:
        raise DomainError(
            f"还差 {format_yuan(row.outstanding)} 元未收回，不能登记 {format_yuan(amount)} 元。"
            "多收的请另行退还。",
            field="amount",
        )
    row.settled += amount
    if not row.outstanding:
        row.state = workflow.receivable.target("settle", state=ReceivableState(row.state))
        publish(
            ReceivableSettled(
                receivable_id=row.pk, subject_type=row.subject_type, subject_id=row.subject_id
            )
        )
    row.save(update_fields=["settled", "state"])


@transaction.atomic
def set_off(
    *,
    receivable_id: int,
    commitment_id: int,
    amount: Decimal,
    key: str,
    on: datetime.date,
    actor: Actor,
) -> Receipt:
    """Use a new entitlement of the debtor to settle the old debt; the rest stays due (抵扣)."""
    amount = exact(amount)
    content = {"receivable": receivable_id, "commitment": commitment_id, "amount": amount}
    before, mark = same_request(Receipt, key=key, content=content)
    if before is not None:
        return before
    row, source = locked_pair(receivable_id, commitment_id, actor=actor)
    require_spender(actor, source.line.fund)
    require_keeper(actor, row.line.fund.office)
    settle(row, amount=amount)
    take(source, amount=amount)
    payment = paid_by_set_off(row, source, amount=amount, key=key, on=on, actor=actor)
    entry = book_set_off(row, source, amount=amount, on=on, actor=actor)
    receipt = Receipt.objects.create(
        receivable=row, kind=ReceiptKind.SET_OFF, key=key, fingerprint=mark, amount=amount,
        received_on=on, note=f"抵扣 {source.subject_label}"[:200], entry=entry, payment=payment,
    )  # fmt: skip
    record(actor, "ledgers.receivable.set_off", row, detail={"amount": str(amount)})
    return receipt


def locked_pair(
    receivable_id: int, commitment_id: int, *, actor: Actor
) -> tuple[Receivable, Commitment]:
    """Receivable and commitment with their lines, all locked in one order."""
    seen = receivables_visible_to(actor).get(pk=receivable_id)
    spent = commitments_visible_to(actor).get(pk=commitment_id)
    lines = locked_lines(seen.line_id, spent.line_id)
    row = Receivable.objects.select_for_update(of=("self",)).get(pk=receivable_id)
    source = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment_id)
    if row.line_id not in lines or source.line_id not in lines:
        raise WrongState("应收或占用刚刚结转到新年度。请刷新后再办理。")
    row.line, source.line = lines[row.line_id], lines[source.line_id]
    if row.line.fund.office_id != source.line.fund.office_id:
        raise DomainError("应收和占用不在同一记账单位，不能抵扣。请改为收款。")
    return row, source


def book_set_off(
    row: Receivable, source: Commitment, *, amount: Decimal, on: datetime.date, actor: Actor
) -> JournalEntry:
    """Paid on the commitment's line, recovered on the receivable's."""
    spent = moves(SPENDING, line_id=source.line_id, amount=amount)
    back = moves(POSTINGS[EntryKind.RECEIVE], line_id=row.line_id, amount=amount)
    return book(
        kind=EntryKind.SET_OFF, line=source.line, amount=amount, on=on, rows=[*spent, *back],
        memo=f"{row.debtor_name} 抵扣 {row.subject_label}", subject=subject_of(source), actor=actor,
    )  # fmt: skip


def paid_by_set_off(
    row: Receivable,
    source: Commitment,
    *,
    amount: Decimal,
    key: str,
    on: datetime.date,
    actor: Actor,
) -> FundPayment:
    """The payment that no bank sees, told like any other."""
    payment = FundPayment.objects.create(
        commitment=source, line=source.line, amount=amount, method=PaymentMethod.SET_OFF,
        payee_name=row.debtor_name, state=PaymentState.CONFIRMED, confirmed_on=on,
        key=f"set-off-{fingerprint({'key': key})[:40]}", created_by_id=actor.user_id,
        **subject_of(source).columns(),
    )  # fmt: skip
    publish(
        PaymentConfirmed(
            payment_id=payment.pk,
            subject_type=payment.subject_type,
            subject_id=payment.subject_id,
            amount=amount,
        )
    )
    return payment
