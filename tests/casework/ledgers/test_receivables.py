"""Receivables: opened, planned, received, set off, carried forward."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.casework.ledgers.choices import AccountKind as A
from silian.casework.ledgers.choices import EntryKind, PaymentMethod, ReceivableState
from silian.casework.ledgers.commands.booking import balance
from silian.casework.ledgers.commands.funds import carry_forward
from silian.casework.ledgers.commands.receivables import plan_instalments, receive, set_off
from silian.casework.ledgers.commands.reversals import reverse
from silian.casework.ledgers.models.journal import JournalEntry
from silian.casework.ledgers.models.receivables import Receivable
from silian.casework.ledgers.queries.balances import debt_of, planned_parts
from silian.casework.ledgers.queries.checking import differences
from silian.casework.ledgers.rules import equal_parts
from silian.foundation.kernel.errors import DomainError, WrongState
from tests.casework.ledgers import stage
from tests.casework.ledgers.stage import Books

pytestmark = pytest.mark.django_db
NEXT_YEAR = datetime.date(2027, 1, 5)


def received(books: Books, row: Receivable, amount: str, key: str = "R1") -> Receivable:
    receive(
        receivable_id=row.pk, amount=Decimal(amount), note="退款", key=key, on=stage.DAY,
        actor=books.actor,
    )  # fmt: skip
    row.refresh_from_db()
    return row


def offset(books: Books, row: Receivable, amount: str, *, key: str = "S1") -> None:
    source = stage.committed(books, "5000")
    set_off(
        receivable_id=row.pk, commitment_id=source.pk, amount=Decimal(amount), key=key,
        on=stage.DAY, actor=books.actor,
    )  # fmt: skip


def test_what_comes_back_can_be_spent_again(books: Books) -> None:
    row = received(books, stage.owed(books), "1000")
    assert (row.outstanding, row.state) == (2000, ReceivableState.OPEN)
    assert balance(books.line.pk, A.AVAILABLE) == 101_000
    assert balance(books.line.pk, A.RECEIVABLE) == 2000
    assert not differences()


def test_the_same_receipt_counts_once(books: Books) -> None:
    row = stage.owed(books)
    received(books, row, "1000")
    assert received(books, row, "1000").settled == 1000
    with pytest.raises(DomainError, match="内容不同"):
        received(books, row, "999")


def test_the_last_cent_settles(books: Books) -> None:
    row = received(books, stage.owed(books), "3000")
    assert row.state == ReceivableState.SETTLED
    with pytest.raises(WrongState):
        received(books, row, "1", key="R2")


def test_more_than_is_owed_is_refused(books: Books) -> None:
    with pytest.raises(DomainError, match="还差 3,000 元"):
        received(books, stage.owed(books), "3000.01")


def test_a_plan_must_add_up(books: Books) -> None:
    row = stage.owed(books, "1000")
    parts = equal_parts(total=Decimal(1000), count=3, first_on=datetime.date(2026, 1, 31))
    with pytest.raises(DomainError, match="应等于应收金额"):
        plan_instalments(receivable_id=row.pk, parts=parts[:2], reason="困难", actor=books.actor)
    plan_instalments(receivable_id=row.pk, parts=parts, reason="困难", actor=books.actor)
    received(books, row, "400")
    planned = planned_parts(row, on=datetime.date(2026, 3, 18))
    assert [part.received for part in planned] == [Decimal("333.34"), Decimal("66.66"), 0]
    assert [part.is_late for part in planned] == [False, True, False]


def test_a_new_entitlement_settles_the_old_debt_and_the_rest_stays(books: Books) -> None:
    row = stage.owed(books, "8000")
    offset(books, row, "5000")
    row.refresh_from_db()
    assert (row.outstanding, debt_of(debtor_type=row.debtor_type, debtor_id="7")) == (3000, 3000)
    assert row.receipts.get().payment.method == PaymentMethod.SET_OFF
    assert balance(books.line.pk, A.PAID) == 5000
    assert balance(books.line.pk, A.RECOVERED) == -5000
    assert not differences()


def test_a_set_off_is_no_larger_than_the_entitlement(books: Books) -> None:
    with pytest.raises(DomainError, match="不够支付"):
        offset(books, stage.owed(books, "8000"), "5000.01")


def test_a_wrong_receipt_is_reversed(books: Books) -> None:
    row = received(books, stage.owed(books), "3000")
    entry = JournalEntry.objects.get(kind=EntryKind.RECEIVE)
    reverse(entry_id=entry.pk, reason="记错单位", on=stage.DAY, actor=books.actor)
    row.refresh_from_db()
    assert (row.settled, row.state) == (0, ReceivableState.OPEN)
    assert not differences()


def test_a_debt_is_reversed_while_nothing_came(books: Books) -> None:
    row = stage.owed(books)
    entry = JournalEntry.objects.get(kind=EntryKind.CLAIM)
    received(books, row, "1")
    with pytest.raises(DomainError, match="先冲销收回"):
        reverse(entry_id=entry.pk, reason="申诉成立", on=stage.DAY, actor=books.actor)
    receipt = JournalEntry.objects.get(kind=EntryKind.RECEIVE)
    reverse(entry_id=receipt.pk, reason="申诉成立", on=stage.DAY, actor=books.actor)
    reverse(entry_id=entry.pk, reason="申诉成立", on=stage.DAY, actor=books.actor)
    row.refresh_from_db()
    assert row.state == ReceivableState.CANCELLED
    assert not differences()


def test_an_entry_is_reversed_once(books: Books) -> None:
    entry = JournalEntry.objects.get(kind=EntryKind.APPROPRIATE)
    reverse(entry_id=entry.pk, reason="文件撤回", on=stage.DAY, actor=books.actor)
    with pytest.raises(WrongState, match="冲销过"):
        reverse(entry_id=entry.pk, reason="文件撤回", on=stage.DAY, actor=books.actor)
    assert balance(books.line.pk, A.AVAILABLE) == 0


def test_a_grant_that_is_promised_cannot_be_reversed(books: Books) -> None:
    stage.committed(books, "1")
    entry = JournalEntry.objects.get(kind=EntryKind.APPROPRIATE)
    with pytest.raises(DomainError, match="不能冲销"):
        reverse(entry_id=entry.pk, reason="文件撤回", on=stage.DAY, actor=books.actor)


def test_promises_and_debts_go_on_into_the_next_year(books: Books) -> None:
    row, source = stage.owed(books), stage.committed(books)
    payment = stage.ordered(books, source, "4000")
    stage.sent(books, payment)
    with pytest.raises(DomainError, match="在途"):
        carry_forward(line_id=books.line.pk, on=NEXT_YEAR, actor=books.actor)
    from silian.casework.ledgers.commands.payments import confirm_payment

    confirm_payment(payment_id=payment.pk, reference="B", on=stage.DAY, actor=books.actor)
    following = carry_forward(line_id=books.line.pk, on=NEXT_YEAR, actor=books.actor)
    row.refresh_from_db()
    assert (row.line, following.fiscal_year) == (following, 2027)
    assert balance(following.pk, A.AVAILABLE) == 90_000
    assert balance(following.pk, A.COMMITTED) == 6000
    assert balance(books.line.pk, A.APPROPRIATED) == -4000
    assert balance(books.line.pk, A.AVAILABLE) == 0
    assert not differences()


def test_money_bounced_after_the_year_returns_to_the_new_line(books: Books) -> None:
    from silian.casework.ledgers.commands.payments import confirm_payment, return_failed
    from silian.casework.ledgers.commands.reversals import bounce_payment

    payment = stage.ordered(books, stage.committed(books), "4000")
    stage.sent(books, payment)
    confirm_payment(payment_id=payment.pk, reference="B", on=stage.DAY, actor=books.actor)
    following = carry_forward(line_id=books.line.pk, on=NEXT_YEAR, actor=books.actor)
    bounce_payment(payment_id=payment.pk, reason="销户", on=NEXT_YEAR, actor=books.actor)
    return_failed(payment_id=payment.pk, on=NEXT_YEAR, actor=books.actor)
    assert balance(following.pk, A.COMMITTED) == 10_000
    assert not differences()
