"""The months of an office's books."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from silian.casework.ledgers.choices import EntryKind, MonthState
from silian.casework.ledgers.models.funds import AccountingMonth, LedgerOffice
from silian.casework.ledgers.models.journal import JournalEntry

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class MonthLine:
    """A month as the page shows it (月份)."""

    month: datetime.date
    entries: int
    granted: Decimal
    paid: Decimal
    received: Decimal
    row: AccountingMonth | None
    is_over: bool
    is_last_closed: bool = False  # the only one that may be opened again

    @property
    def is_closed(self) -> bool:
        return self.row is not None and self.row.state == MonthState.CLOSED

    @property
    def key(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def word(self) -> str:
        return "已结账" if self.is_closed else ("未结账" if self.is_over else "本月")

    @property
    def tone(self) -> str:
        return "ok" if self.is_closed else ("watch" if self.is_over else "open")


def months_of(office: LedgerOffice, *, today: datetime.date) -> list[MonthLine]:
    """Every month with entries or a row, newest first."""
    rows = {row.month: row for row in office.months.select_related("closed_by", "reopened_by")}
    sums = sums_by_month(office)
    this_month = today.replace(day=1)
    closed = [row.month for row in rows.values() if row.state == MonthState.CLOSED]
    return [
        MonthLine(
            month=month,
            entries=sums.get(month, {}).get("count", 0),
            granted=sums.get(month, {}).get("granted") or ZERO,
            paid=sums.get(month, {}).get("paid") or ZERO,
            received=sums.get(month, {}).get("received") or ZERO,
            row=rows.get(month),
            is_over=month < this_month,
            is_last_closed=month == max(closed, default=None),
        )
        for month in sorted({*rows, *sums}, reverse=True)
    ]


def sums_by_month(office: LedgerOffice) -> dict[datetime.date, Any]:
    def total(*kinds: EntryKind) -> Sum:
        return Sum("amount", filter=Q(kind__in=kinds))

    rows = (
        JournalEntry.objects.filter(office=office)
        .order_by()
        .annotate(month=TruncMonth("booked_on"))
        .values("month")
        .annotate(
            count=Count("pk"),
            granted=total(EntryKind.APPROPRIATE),
            paid=total(EntryKind.CONFIRM, EntryKind.SET_OFF),
            received=total(EntryKind.RECEIVE, EntryKind.SET_OFF),
        )
    )
    return {row["month"]: row for row in rows}
