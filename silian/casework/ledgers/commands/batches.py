"""Put payments into a batch, have it approved by another person, send it, take it as done."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from silian.casework.ledgers import workflow
from silian.casework.ledgers.choices import BatchState, EntryKind, PaymentState
from silian.casework.ledgers.commands.booking import locked_lines
from silian.casework.ledgers.commands.payments import book_payment
from silian.casework.ledgers.models.funds import LedgerOffice
from silian.casework.ledgers.models.payments import FundPayment, PaymentBatch
from silian.casework.ledgers.permissions import batches_visible_to, require_keeper
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError

MOST_ROWS = 2_000  # one bank file; more rows are refused by the common formats


@transaction.atomic
def draft_batch(
    *,
    office_id: int,
    title: str,
    payment_ids: Sequence[int],
    actor: Actor,
    now: datetime.datetime,
) -> PaymentBatch:
    """Put payments that wait into one batch (编制付款批次)."""
    office = LedgerOffice.objects.select_related("organisation").get(pk=office_id)
    require_keeper(actor, office)
    if not title.strip():
        raise DomainError("请写明批次名称。", field="title")
    if not 0 < len(payment_ids) <= MOST_ROWS:
        raise DomainError(f"一个批次应有 1 到 {MOST_ROWS:,} 笔支付。", field="payments")
    rows = FundPayment.objects.select_for_update(of=("self",)).filter(
        pk__in=payment_ids, line__fund__office=office
    )
    payments = list(rows.order_by("pk"))
    if len(payments) != len(set(payment_ids)):
        raise DomainError("有的支付不属于这个记账单位。请重新选择。", field="payments")
    batch = PaymentBatch.objects.create(
        office=office, title=title.strip()[:80], drafted_by_id=actor.user_id, drafted_at=now
    )
    for payment in payments:
        payment.state = workflow.payment.target("gather", state=PaymentState(payment.state))
        payment.batch = batch
    FundPayment.objects.bulk_update(payments, ["state", "batch"])
    record(actor, "ledgers.batch.drafted", batch, detail={"rows": len(payments)})
    return batch


def locked_batch(batch_id: int, *, actor: Actor) -> PaymentBatch:
    rows = batches_visible_to(actor).select_related("office")
    batch = rows.select_for_update(of=("self",)).get(pk=batch_id)
    require_keeper(actor, batch.office)
    return batch


@transaction.atomic
def approve_batch(*, batch_id: int, actor: Actor, now: datetime.datetime) -> PaymentBatch:
    """Approve what another person put together (批准付款批次)."""
    batch = locked_batch(batch_id, actor=actor)
    batch.state = workflow.batch.target(
        "approve",
        state=BatchState(batch.state),
        drafter_id=batch.drafted_by_id,
        approver_id=actor.user_id,
    )
    batch.approved_by_id, batch.approved_at = actor.user_id, now
    batch.save(update_fields=["state", "approved_by", "approved_at"])
    record(actor, "ledgers.batch.approved", batch)
    return batch


@transaction.atomic
def return_batch(*, batch_id: int, reason: str, actor: Actor) -> PaymentBatch:
    """Take the approval back before the bank has the file (退回修改)."""
    batch = locked_batch(batch_id, actor=actor)
    refuse_without_reason(reason)
    batch.state = workflow.batch.target("return", state=BatchState(batch.state))
    batch.approved_by, batch.approved_at = None, None
    batch.save(update_fields=["state", "approved_by", "approved_at"])
    record(actor, "ledgers.batch.returned", batch, reason=reason)
    return batch


@transaction.atomic
def discard_batch(*, batch_id: int, reason: str, actor: Actor) -> PaymentBatch:
    """Give up a draft; its payments wait for another batch (作废批次)."""
    batch = locked_batch(batch_id, actor=actor)
    refuse_without_reason(reason)
    batch.state = workflow.batch.target("discard", state=BatchState(batch.state))
    batch.save(update_fields=["state"])
    batch.payments.filter(state=PaymentState.BATCHED).update(state=PaymentState.READY, batch=None)
    record(actor, "ledgers.batch.discarded", batch, reason=reason)
    return batch


def refuse_without_reason(reason: str) -> None:
    if not reason.strip():
        raise DomainError("请写明原因，原因会记入审计记录。", field="reason")


@transaction.atomic
def send_batch(*, batch_id: int, on: datetime.date, actor: Actor) -> PaymentBatch:
    """Say that the bank has the file: every payment of the batch is under way (送银行)."""
    batch = locked_batch(batch_id, actor=actor)
    batch.state = workflow.batch.target("send", state=BatchState(batch.state))
    batch.sent_on = on
    batch.save(update_fields=["state", "sent_on"])
    waiting = batch.payments.filter(state=PaymentState.BATCHED)
    lines = locked_lines(*waiting.values_list("line_id", flat=True))
    for payment in waiting.select_for_update(of=("self",)).order_by("pk"):
        payment.line = lines[payment.line_id]
        payment.state = workflow.payment.target("send", state=PaymentState(payment.state))
        payment.save(update_fields=["state"])
        book_payment(payment, kind=EntryKind.SEND, on=on, actor=actor)
    record(actor, "ledgers.batch.sent", batch)
    return batch


@transaction.atomic
def finish_batch(*, batch_id: int, actor: Actor) -> PaymentBatch:
    """Close a batch of which every row has the bank's word (办结)."""
    batch = locked_batch(batch_id, actor=actor)
    open_rows = batch.payments.filter(state=PaymentState.SENT).count()
    if open_rows:
        raise DomainError(f"还有 {open_rows} 笔没有银行结果。请先确认支付或登记退票。")
    batch.state = workflow.batch.target("finish", state=BatchState(batch.state))
    batch.save(update_fields=["state"])
    record(actor, "ledgers.batch.finished", batch)
    return batch


@transaction.atomic
def note_bank_file(*, batch_id: int, reason: str, actor: Actor) -> PaymentBatch:
    """Put on record who took the file with whole account numbers, and why (导出银行文件)."""
    batch = locked_batch(batch_id, actor=actor)
    refuse_without_reason(reason)
    if batch.state not in (BatchState.APPROVED, BatchState.SENT):
        raise DomainError("只有已批准、未办结的批次可以导出银行文件。请先由另一人批准。")
    rows = batch.payments.count()
    record(actor, "ledgers.batch.exported", batch, reason=reason, detail={"rows": rows})
    return batch
