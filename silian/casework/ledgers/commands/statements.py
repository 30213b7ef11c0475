"""Take the bank's file, match it with our payments, settle what is left by hand."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction

from silian.casework.ledgers import workflow
from silian.casework.ledgers.choices import PaymentState, RowState, StatementState
from silian.casework.ledgers.commands.payments import confirm_payment, fail_payment
from silian.casework.ledgers.commands.receivables import receive
from silian.casework.ledgers.models.funds import LedgerOffice
from silian.casework.ledgers.models.payments import FundPayment
from silian.casework.ledgers.models.statements import BankRow, BankStatement
from silian.casework.ledgers.permissions import require_keeper, statements_visible_to
from silian.casework.ledgers.queries.matching import Found, found_rows, open_receivables
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.money import format_yuan


@dataclass(frozen=True, kw_only=True)
class RowFacts:
    """A row as the bank's file has it (流水要素)."""

    number: int
    paid_on: datetime.date
    amount: Decimal
    payee_name: str
    key: str = ""
    reference: str = ""
    failure: str = ""
    is_incoming: bool = False
    memo: str = ""


@transaction.atomic
def import_statement(
    *,
    office_id: int,
    name: str,
    content: bytes,
    rows: Sequence[RowFacts],
    actor: Actor,
    now: datetime.datetime,
) -> BankStatement:
    """Keep the rows of a bank file; the same file is taken only once (导入对账单)."""
    office = LedgerOffice.objects.select_for_update(of=("self",)).get(pk=office_id)
    require_keeper(actor, office)
    sha256 = hashlib.sha256(content).hexdigest()
    kept = BankStatement.objects.exclude(state=StatementState.WITHDRAWN)
    before = kept.filter(office=office, sha256=sha256).first()
    if before is not None:
        raise DomainError(f"这个文件已导入过（{before.name}）。请打开已有的对账单。", field="file")
    statement = BankStatement.objects.create(
        office=office, name=name[:120], sha256=sha256, imported_by_id=actor.user_id,
        imported_at=now,
    )  # fmt: skip
    BankRow.objects.bulk_create(BankRow(statement=statement, **asdict(row)) for row in rows)
    record(actor, "ledgers.statement.imported", statement, detail={"rows": len(rows)})
    return statement


def match_rows(*, statement_id: int, actor: Actor) -> int:
    """Find what every row that fits is, and take the bank's word on it (按预览入账).

    Row by row, each in its own transaction: stopped in between and run again, it goes on.
    """
    statement = statements_visible_to(actor).select_related("office").get(pk=statement_id)
    require_keeper(actor, statement.office)
    if statement.state != StatementState.OPEN:
        raise WrongState(f"对账单{statement.get_state_display()}，不能再入账。")
    found = found_rows(statement)
    for each in found:
        if each.receivable_id:
            take_refund(each, actor=actor)
        else:
            settle_row(
                row_id=each.row.pk, payment_id=each.payment_id, state=each.way, note="",
                actor=actor,
            )  # fmt: skip
    return len(found)


def take_refund(each: Found, *, actor: Actor) -> None:
    """Book a refund; one that the books refuse stays open, with the reason beside it."""
    try:
        settle_refund(
            row_id=each.row.pk, receivable_id=each.receivable_id, state=each.way, note="",
            actor=actor,
        )  # fmt: skip
    except DomainError as refusal:
        BankRow.objects.filter(pk=each.row.pk).update(note=refusal.sentence[:200])


@transaction.atomic
def settle_refund(
    *, row_id: int, receivable_id: int, state: RowState, note: str, actor: Actor
) -> BankRow:
    """Book the money of a row as come back, once for the bank's own number (核销收款)."""
    row = BankRow.objects.select_for_update(of=("self",)).get(pk=row_id)
    refuse_settled(row)
    row.receipt = receive(
        receivable_id=receivable_id, amount=row.amount, note=row.memo or "银行来款",
        key=row.reference or f"bank-{row.statement_id}-{row.number}", on=row.paid_on, actor=actor,
    )  # fmt: skip
    row.state, row.note = state, note[:200]
    row.save(update_fields=["state", "receipt", "note"])
    return row


@transaction.atomic
def settle_row(
    *, row_id: int, payment_id: int, state: RowState, note: str, actor: Actor
) -> BankRow:
    """Tie a row to its payment and confirm or fail the payment by it (核销流水)."""
    row = BankRow.objects.select_for_update(of=("self",)).get(pk=row_id)
    refuse_settled(row)
    row.state, row.payment_id, row.note = state, payment_id, note[:200]
    row.save(update_fields=["state", "payment", "note"])
    if row.failure:
        fail_payment(payment_id=payment_id, reason=row.failure, on=row.paid_on, actor=actor)
    else:
        reference = row.reference or f"{row.statement_id}-{row.number}"
        confirm_payment(payment_id=payment_id, reference=reference, on=row.paid_on, actor=actor)
    return row


@transaction.atomic
def match_by_hand(*, row_id: int, payment_id: int, reason: str, actor: Actor) -> BankRow:
    """A person ties a row to a payment of the same amount, and says why (人工匹配)."""
    row = open_row(row_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明人工匹配的理由，例如户名有曾用名。", field="reason")
    if row.is_incoming:
        raise DomainError("这一行是收款，请选它归还的应收。", field="payment")
    payment = FundPayment.objects.filter(
        pk=payment_id, line__fund__office=row.statement.office, state=PaymentState.SENT
    ).first()
    if payment is None:
        raise DomainError("这笔支付不在等待银行结果。请另选一笔。", field="payment")
    if payment.amount != row.amount:
        raise DomainError(
            f"流水 {format_yuan(row.amount)} 元，支付 {format_yuan(payment.amount)} 元，"
            "金额不同，不能匹配。请说明这笔流水。",
            field="payment",
        )
    settle_row(
        row_id=row.pk, payment_id=payment.pk, state=RowState.BY_HAND, note=reason, actor=actor
    )
    record(actor, "ledgers.row.matched", row.statement, reason=reason, detail={"row": row.number})
    return row


@transaction.atomic
def refund_by_hand(*, row_id: int, receivable_id: int, reason: str, actor: Actor) -> BankRow:
    """A person ties money that came in to what is owed, and says why (人工核销收款)."""
    row = open_row(row_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明人工匹配的理由，例如由关联单位代退。", field="reason")
    if not row.is_incoming:
        raise DomainError("这一行是付款，不是收款，不能核销应收。", field="receivable")
    office = row.statement.office
    if not open_receivables(office).filter(pk=receivable_id).exists():
        raise DomainError("这笔应收不是本单位的，或已结清。请另选一笔。", field="receivable")
    row = settle_refund(
        row_id=row.pk, receivable_id=receivable_id, state=RowState.BY_HAND, note=reason.strip(),
        actor=actor,
    )  # fmt: skip
    record(actor, "ledgers.row.matched", row.statement, reason=reason, detail={"row": row.number})
    return row


@transaction.atomic
def withdraw_statement(*, statement_id: int, reason: str, actor: Actor) -> BankStatement:
    """Give a wrong file up before any of its rows is settled (撤回导入)."""
    rows = statements_visible_to(actor).select_related("office")
    statement = rows.select_for_update(of=("self",)).get(pk=statement_id)
    require_keeper(actor, statement.office)
    statement.state = workflow.statement.target(
        "withdraw",
        state=StatementState(statement.state),
        reason=reason,
        settled=statement.rows.exclude(state=RowState.OPEN).count(),
    )
    statement.save(update_fields=["state"])
    record(actor, "ledgers.statement.withdrawn", statement, reason=reason)
    return statement


def refuse_settled(row: BankRow) -> None:
    if row.state != RowState.OPEN:
        raise WrongState(f"第 {row.number} 行已核对为“{row.get_state_display()}”。")


def open_row(row_id: int, *, actor: Actor) -> BankRow:
    rows = BankRow.objects.select_for_update(of=("self",)).select_related("statement__office")
    row = rows.get(pk=row_id, statement__in=statements_visible_to(actor).values("pk"))
    require_keeper(actor, row.statement.office)
    refuse_settled(row)
    if row.statement.state != StatementState.OPEN:
        raise WrongState(f"对账单{row.statement.get_state_display()}，不能再核对。")
    return row


@transaction.atomic
def explain_row(*, row_id: int, reason: str, actor: Actor) -> BankRow:
    """Say why a row has no payment of ours (说明流水)."""
    row = open_row(row_id, actor=actor)
    if not reason.strip():
        raise DomainError("请说明这笔流水是什么，例如银行手续费。", field="reason")
    row.state, row.note = RowState.EXPLAINED, reason.strip()[:200]
    row.save(update_fields=["state", "note"])
    record(actor, "ledgers.row.explained", row.statement, reason=reason, detail={"row": row.number})
    return row


@transaction.atomic
def finish_statement(*, statement_id: int, actor: Actor) -> BankStatement:
    """Close a statement of which every row is matched or explained (完成核对)."""
    rows = statements_visible_to(actor).select_related("office")
    statement = rows.select_for_update(of=("self",)).get(pk=statement_id)
    require_keeper(actor, statement.office)
    statement.state = workflow.statement.target(
        "finish",
        state=StatementState(statement.state),
        open_rows=statement.rows.filter(state=RowState.OPEN).count(),
    )
    statement.save(update_fields=["state"])
    record(actor, "ledgers.statement.finished", statement)
    return statement
