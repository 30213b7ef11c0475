"""Recoveries as lists and clocks: overdue instalments, deadlines, what waits for whom."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from silian.casework.ledgers.choices import ReceivableState
from silian.casework.ledgers.queries.balances import PlannedPart, planned_parts
from silian.governance.incentives.choices.recovery import RecoveryState
from silian.governance.incentives.models import RecoveryCase

REMIND_EVERY = 7  # days between two reminders of the same debt; more would be pestering


def open_debts() -> QuerySet[RecoveryCase]:
    """Decided recoveries that have not wholly come back."""
    rows = RecoveryCase.objects.filter(
        state__in=(RecoveryState.DECIDED, RecoveryState.COLLECTING),
        receivable__state=ReceivableState.OPEN,
    )
    return rows.select_related("receivable").prefetch_related("receivable__instalments")


def overdue_amount(case: RecoveryCase, *, on: datetime.date) -> Decimal:
    """What should have come back by the day (逾期金额)."""
    row = case.receivable
    if row is None:
        return Decimal(0)
    parts = planned_parts(row, on=on)
    if parts:
        return sum((part.left for part in parts if part.is_late), Decimal(0))
    return row.outstanding if row.due_on < on else Decimal(0)


def parts_of(case: RecoveryCase, *, on: datetime.date) -> list[PlannedPart]:
    """The instalments with what has come back (分期进度)."""
    return planned_parts(case.receivable, on=on) if case.receivable else []


def cases_to_remind(*, on: datetime.date) -> list[RecoveryCase]:
    """Overdue debts that nobody was reminded of lately (待催收)."""
    before = on - datetime.timedelta(days=REMIND_EVERY)
    rows = open_debts().filter(Q(reminded_on__isnull=True) | Q(reminded_on__lte=before))
    return [case for case in rows if overdue_amount(case, on=on)]
