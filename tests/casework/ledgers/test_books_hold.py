"""What the database refuses, whatever a program tries."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from silian.casework.ledgers.choices import AccountKind, EntryKind, MonthState
from silian.casework.ledgers.models.funds import AccountingMonth, LedgerAccount
from silian.casework.ledgers.models.journal import JournalEntry, Posting
from tests.casework.ledgers import stage
from tests.casework.ledgers.stage import Books

pytestmark = pytest.mark.django_db
MARCH = datetime.date(2026, 3, 1)


def entry(books: Books, *, size: int = 2) -> JournalEntry:
    return JournalEntry.objects.create(
        office=books.office, line=books.line, kind=EntryKind.COMMIT, booked_on=stage.DAY,
        amount=1, size=size, memo="试",
    )  # fmt: skip


def post(books: Books, row: JournalEntry, kind: AccountKind, amount: str) -> None:
    account = LedgerAccount.objects.get(line=books.line, kind=kind)
    Posting.objects.create(entry=row, account=account, amount=Decimal(amount))


def refused_at_the_end(what: str) -> None:
    """The transaction so far could not be committed; it is given up."""
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match=what):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    transaction.set_rollback(True)


def test_an_unbalanced_entry_is_refused(books: Books) -> None:
    row = entry(books)
    post(books, row, AccountKind.AVAILABLE, "-2")
    post(books, row, AccountKind.COMMITTED, "1")
    refused_at_the_end("add up to zero")


def test_an_entry_without_its_postings_is_refused(books: Books) -> None:
    entry(books)
    refused_at_the_end("0 postings instead of 2")


def test_nothing_is_added_to_an_entry_later(books: Books) -> None:
    row = JournalEntry.objects.get()
    post(books, row, AccountKind.RECEIVABLE, "1")
    refused_at_the_end("postings instead of")


def test_entries_and_postings_stay(books: Books) -> None:
    for rows in (Posting.objects.all(), JournalEntry.objects.all()):
        with pytest.raises(DatabaseError, match="the books stay"), transaction.atomic():
            rows.update(amount=7)
        with pytest.raises(DatabaseError, match="the books stay"), transaction.atomic():
            rows._raw_delete(rows.db)


def test_a_balance_is_moved_by_postings_only(books: Books) -> None:
    with pytest.raises(DatabaseError, match="by postings only"), transaction.atomic():
        LedgerAccount.objects.filter(line=books.line).update(balance=0)


def test_available_money_never_goes_below_zero(books: Books) -> None:
    with pytest.raises(DatabaseError, match="not_crossing_zero"), transaction.atomic():
        post(books, entry(books), AccountKind.AVAILABLE, "-100000.01")


def test_nothing_is_booked_into_a_closed_month(books: Books) -> None:
    AccountingMonth.objects.create(
        office=books.office, month=MARCH, state=MonthState.CLOSED, closed_at=stage.NOW
    )
    with pytest.raises(DatabaseError, match="is closed"), transaction.atomic():
        entry(books)


def test_the_check_says_that_all_is_well(books: Books) -> None:
    stage.sent(books, stage.ordered(books, stage.committed(books)))
    out = io.StringIO()
    call_command("ledgers", "check", stdout=out)
    assert "账簿相符：3 张凭证" in out.getvalue()


def test_the_check_names_a_difference(books: Books) -> None:
    row = stage.committed(books)
    type(row).objects.filter(pk=row.pk).update(released=5, ordered=1)
    errors = io.StringIO()
    with pytest.raises(CommandError, match="2 处差异"):
        call_command("ledgers", "check", stderr=errors)
    assert "账面 10,000.00 元，重算 9,995.00 元" in errors.getvalue()


def test_the_check_finds_a_balance_that_was_tampered_with(books: Books) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # as a superuser could
        LedgerAccount.objects.filter(line=books.line, kind="available").update(balance=1)
        cursor.execute("SET LOCAL session_replication_role = origin")
    with pytest.raises(CommandError, match="1 处差异"):
        call_command("ledgers", "check", stderr=io.StringIO())
