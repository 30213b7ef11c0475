"""What waits for somebody: payments without a batch, batches without approval, late instalments."""

from __future__ import annotations

import datetime

from django.db.models import F, QuerySet

from silian.casework.ledgers.choices import BatchState, PaymentState, ReceivableState, RowState
from silian.casework.ledgers.models.funds import LedgerOffice
from silian.casework.ledgers.models.payments import FundPayment, PaymentBatch
from silian.casework.ledgers.models.receivables import Receivable
from silian.casework.ledgers.models.statements import BankRow, BankStatement
from silian.casework.ledgers.permissions import batches_visible_to, offices_kept_by
from silian.casework.ledgers.queries.matching import open_receivables
from silian.foundation.kernel.actors import Actor


def ready_payments(office: LedgerOffice) -> QuerySet[FundPayment]:
    """Payments that wait for a batch (待组批)."""
    rows = FundPayment.objects.filter(line__fund__office=office, state=PaymentState.READY)
    return rows.select_related("line__fund").order_by("pk")


def batches_waiting_for(actor: Actor) -> QuerySet[PaymentBatch]:
    """Drafts of others, to be approved by the actor (待批准)."""
    kept = offices_kept_by(actor).values("pk")
    rows = batches_visible_to(actor).filter(office__in=kept, state=BatchState.DRAFT)
    return rows.exclude(drafted_by_id=actor.user_id)


def late_receivables(rows: QuerySet[Receivable], *, on: datetime.date) -> QuerySet[Receivable]:
    """Open receivables whose last day has passed (逾期未还)."""
    return rows.filter(state=ReceivableState.OPEN, due_on__lt=on)


def open_rows(statement: BankStatement) -> QuerySet[BankRow]:
    return statement.rows.filter(state=RowState.OPEN)


def offered_receivables(row: BankRow) -> QuerySet[Receivable]:
    """Open debts that the money of a row may pay back: those of which as much is left."""
    rows = open_receivables(row.statement.office)
    return rows.filter(amount__gte=F("settled") + row.amount)


def offered_payments(row: BankRow) -> QuerySet[FundPayment]:
    """Payments under way of the row's amount, which a person may tie to it."""
    return FundPayment.objects.filter(
        line__fund__office=row.statement.office, state=PaymentState.SENT, amount=row.amount
    ).order_by("pk")
