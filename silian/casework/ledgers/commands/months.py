"""Close a month of the books, and open it again by another person with a reason."""

from __future__ import annotations

import datetime

from django.db import connection, transaction
from django.db.models import Count, Sum

from silian.casework.ledgers import workflow
from silian.casework.ledgers.choices import MonthState
from silian.casework.ledgers.commands.booking import MONTH_LOCK
from silian.casework.ledgers.models.funds import AccountingMonth, LedgerOffice
from silian.casework.ledgers.models.journal import JournalEntry, Posting
from silian.casework.ledgers.permissions import require_keeper
from silian.casework.ledgers.rules import month_of
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.periods import next_month


def locked_month(*, office_id: int, month: datetime.date, actor: Actor) -> AccountingMonth:
    """The month's row, once every entry under way has been written."""
    office = LedgerOffice.objects.select_related("organisation", "division").get(pk=office_id)
    require_keeper(actor, office)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [MONTH_LOCK, office.pk])
    row, _ = AccountingMonth.objects.get_or_create(office=office, month=month_of(month))
    return row


@transaction.atomic
def close_month(
    *, office_id: int, month: datetime.date, actor: Actor, now: datetime.datetime
) -> AccountingMonth:
    """Close a month that is over: from now on nothing is booked into it (结账)."""
    row = locked_month(office_id=office_id, month=month, actor=actor)
    refuse_unclosable(row, today=now.date())
    row.state = workflow.month.target("close", state=MonthState(row.state))
    row.closed_by_id, row.closed_at = actor.user_id, now
    ends = next_month(row.month)
    entries = JournalEntry.objects.filter(office_id=office_id)
    row.entries = entries.filter(booked_on__gte=row.month, booked_on__lt=ends).count()
    row.totals = totals_until(office_id, ends=ends)
    row.save(update_fields=["state", "closed_by", "closed_at", "entries", "totals"])
    record(actor, "ledgers.month.closed", row, detail=row.totals)
    return row


def totals_until(office_id: int, *, ends: datetime.date) -> dict[str, str]:
    """The balance of each kind of account before a day, as text."""
    rows = Posting.objects.filter(entry__office_id=office_id, entry__booked_on__lt=ends)
    sums = rows.order_by().values("account__kind").annotate(total=Sum("amount"))
    return {row["account__kind"]: str(row["total"]) for row in sums}


def refuse_unclosable(row: AccountingMonth, *, today: datetime.date) -> None:
    if next_month(row.month) > today:
        raise DomainError(f"{row}还没有结束，不能结账。", field="month")
    earlier = (
        JournalEntry.objects.filter(office=row.office_id, booked_on__lt=row.month)
        .values("booked_on__year", "booked_on__month")
        .annotate(count=Count("pk"))
        .order_by("booked_on__year", "booked_on__month")
    )
    closed = set(
        AccountingMonth.objects.filter(office=row.office_id, state=MonthState.CLOSED).values_list(
            "month", flat=True
        )
    )
    for found in earlier:
        month = datetime.date(found["booked_on__year"], found["booked_on__month"], 1)
        if month not in closed:
            raise DomainError(
                f"{month.year}年{month.month}月还没有结账。请按月份先后结账。", field="month"
            )


@transaction.atomic
def reopen_month(
    *, office_id: int, month: datetime.date, reason: str, actor: Actor
) -> AccountingMonth:
    """Open the last closed month again, by another person and with a reason (反结账)."""
    row = locked_month(office_id=office_id, month=month, actor=actor)
    later = AccountingMonth.objects.filter(
        office=row.office_id, month__gt=row.month, state=MonthState.CLOSED
    )
    row.state = workflow.month.target(
        "reopen",
        state=MonthState(row.state),
        closed_by_id=row.closed_by_id,
        actor_id=actor.user_id,
        reason=reason,
        later_closed=later.exists(),
    )
    row.reopened_by_id, row.reopen_reason = actor.user_id, reason.strip()[:300]
    row.save(update_fields=["state", "reopened_by", "reopen_reason"])
    record(actor, "ledgers.month.reopened", row, reason=reason)
    return row
