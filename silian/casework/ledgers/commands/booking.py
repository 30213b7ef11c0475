"""Write entries: the one place where postings are made."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.db import connection, models

from silian.casework.ledgers.choices import AccountKind, EntryKind, MonthState
from silian.casework.ledgers.events import LineMoved
from silian.casework.ledgers.models.funds import (
    AccountingMonth,
    BudgetLine,
    LedgerAccount,
    LedgerOffice,
)
from silian.casework.ledgers.models.journal import JournalEntry, Posting
from silian.casework.ledgers.models.payments import FundPayment
from silian.casework.ledgers.rules import (
    POSTINGS,
    Move,
    fingerprint,
    month_of,
    moves,
    unbalanced_lines,
)
from silian.foundation.kernel import idempotency
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish

MONTH_LOCK = 5411081  # closing a month waits for the entries under way
LONGEST_KEY = 80
RowT = TypeVar("RowT", bound=models.Model)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What money is for, in the words of the module above (事项)."""

    type: str
    id: str
    label: str

    def columns(self) -> dict[str, str]:
        return {
            "subject_type": self.type[:60],
            "subject_id": self.id[:40],
            "subject_label": self.label[:120],
        }


def subject_of(row: Any) -> Subject:
    return Subject(type=row.subject_type, id=row.subject_id, label=row.subject_label)


def same_request(
    model: type[RowT], *, key: str, content: Mapping[str, Any]
) -> tuple[RowT | None, str]:
    """The row that this key made before, and the mark of this content.

    The same key with other content is refused, so that a slip cannot hide behind a retry.
    """
    if not 0 < len(key) <= LONGEST_KEY:
        raise DomainError(f"业务编号须为 1 到 {LONGEST_KEY} 个字符。", field="key")
    mark = fingerprint(content)
    idempotency.lock(caller=f"ledgers.{model.__name__}", key=key)
    row = model._default_manager.filter(key=key).first()
    if row is not None and row.fingerprint != mark:  # type: ignore[attr-defined]
        raise DomainError(
            f"业务编号“{key}”已用于另一笔，内容不同。请核对，新的一笔请换一个编号。", field="key"
        )
    return row, mark


def locked_lines(*line_ids: int) -> dict[int, BudgetLine]:
    """The lines, locked in the order of their keys, so that two entries never wait in a ring."""
    rows = BudgetLine.objects.select_for_update(of=("self",)).select_related("fund__office")
    return {line.pk: line for line in rows.filter(pk__in=line_ids).order_by("pk")}


def locked_line(line_id: int) -> BudgetLine:
    return locked_lines(line_id)[line_id]


def balance(line_id: int, kind: AccountKind) -> Decimal:
    """The balance of an account as it stands in this transaction; ask with the line locked."""
    return LedgerAccount.objects.get(line_id=line_id, kind=kind).balance


def refuse_closed(office: LedgerOffice, *, on: datetime.date) -> None:
    """Hold the month open for this transaction, or refuse when it is closed (结账)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [MONTH_LOCK, office.pk])
    rows = AccountingMonth.objects.filter(office=office, month=month_of(on))
    if rows.filter(state=MonthState.CLOSED).exists():
        raise DomainError(
            f"{on.year}年{on.month}月已结账，不能再记账。请记入未结账的月份，或先反结账。",
            field="on",
        )


def book(
    *,
    kind: EntryKind,
    line: BudgetLine,
    amount: Decimal,
    on: datetime.date,
    memo: str,
    subject: Subject | None,
    actor: Actor,
    rows: Sequence[Move] = (),
    payment: FundPayment | None = None,
    reverses: JournalEntry | None = None,
) -> JournalEntry:
    """Write one entry on a locked line; ``rows`` when the kind's usual postings are not meant."""
    postings = list(rows) or moves(POSTINGS[kind], line_id=line.pk, amount=amount)
    if unbalanced_lines(postings):
        raise ValueError(f"the postings of {kind} do not add up to zero")
    refuse_closed(line.fund.office, on=on)
    entry = JournalEntry.objects.create(
        office=line.fund.office,
        line=line,
        kind=kind,
        booked_on=on,
        amount=amount,
        size=len(postings),
        memo=memo[:200],
        payment=payment,
        reverses=reverses,
        clerk_id=actor.user_id,
        **(subject.columns() if subject else {}),
    )
    write_postings(entry, postings)
    detail = {"kind": str(kind), "amount": str(amount), "line": line.pk}
    action = "ledgers.entry.reversed" if reverses else "ledgers.entry.booked"
    record(actor, action, entry, reason=memo, detail=detail)
    for line_id in sorted({row.line_id for row in postings}):
        publish(LineMoved(line_id=line_id, day=on))
    return entry


def write_postings(entry: JournalEntry, postings: Sequence[Move]) -> None:
    lines = {row.line_id for row in postings}
    accounts = {
        (account.line_id, account.kind): account.pk
        for account in LedgerAccount.objects.filter(line__in=lines)
    }
    Posting.objects.bulk_create(
        [
            Posting(entry=entry, account_id=accounts[row.line_id, row.account], amount=row.amount)
            for row in postings
        ]
    )
