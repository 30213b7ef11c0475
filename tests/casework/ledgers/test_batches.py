"""Batches: drafted, approved by another, sent, answered."""

from __future__ import annotations

import pytest

from silian.casework.ledgers.choices import AccountKind, BatchState, PaymentState
from silian.casework.ledgers.commands import batches
from silian.casework.ledgers.commands.booking import balance
from silian.casework.ledgers.commands.payments import (
    confirm_payment,
    fail_payment,
    return_failed,
)
from silian.casework.ledgers.commands.reversals import bounce_payment
from silian.casework.ledgers.models.journal import JournalEntry
from silian.casework.ledgers.models.payments import FundPayment
from silian.casework.ledgers.queries.checking import differences
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.models import AuditEntry
from tests.casework.ledgers import stage
from tests.casework.ledgers.stage import Books

pytestmark = pytest.mark.django_db
A = AccountKind


def under_way(books: Books) -> FundPayment:
    row = stage.ordered(books, stage.committed(books))
    stage.sent(books, row)
    row.refresh_from_db()
    return row


def test_the_drafter_may_not_approve(books: Books) -> None:
    batch = stage.drafted(books, stage.ordered(books, stage.committed(books)))
    with pytest.raises(DomainError, match="编制人以外的人"):
        batches.approve_batch(batch_id=batch.pk, actor=books.actor, now=stage.NOW)
    done = batches.approve_batch(batch_id=batch.pk, actor=books.second.actor, now=stage.NOW)
    assert done.state == BatchState.APPROVED


def test_the_owner_department_keeps_no_batches(books: Books) -> None:
    row = stage.ordered(books, stage.committed(books))
    books.clerk = books.owner
    with pytest.raises(NotAllowed):
        stage.drafted(books, row)


def test_an_unapproved_batch_is_not_sent(books: Books) -> None:
    batch = stage.drafted(books, stage.ordered(books, stage.committed(books)))
    with pytest.raises(WrongState):
        batches.send_batch(batch_id=batch.pk, on=stage.DAY, actor=books.actor)


def test_a_payment_travels_in_one_batch_only(books: Books) -> None:
    row = stage.ordered(books, stage.committed(books))
    stage.drafted(books, row)
    with pytest.raises(WrongState):
        stage.drafted(books, row)


def test_a_discarded_draft_lets_its_payments_go(books: Books) -> None:
    row = stage.ordered(books, stage.committed(books))
    batch = stage.drafted(books, row)
    batches.discard_batch(batch_id=batch.pk, reason="户名有误", actor=books.actor)
    row.refresh_from_db()
    assert (row.state, row.batch) == (PaymentState.READY, None)


def test_a_returned_batch_is_approved_anew(books: Books) -> None:
    batch = stage.approved(books, stage.ordered(books, stage.committed(books)))
    batch = batches.return_batch(batch_id=batch.pk, reason="漏一笔", actor=books.actor)
    assert (batch.state, batch.approved_by) == (BatchState.DRAFT, None)


def test_sent_money_is_in_transit_and_then_paid(books: Books) -> None:
    row = under_way(books)
    assert balance(books.line.pk, A.TRANSIT) == 6000
    confirm_payment(payment_id=row.pk, reference="B1", on=stage.DAY, actor=books.actor)
    assert (balance(books.line.pk, A.TRANSIT), balance(books.line.pk, A.PAID)) == (0, 6000)
    assert not differences()


def test_the_same_word_of_the_bank_twice_pays_once(books: Books) -> None:
    row = under_way(books)
    for _ in range(2):
        confirm_payment(payment_id=row.pk, reference="B1", on=stage.DAY, actor=books.actor)
    with pytest.raises(WrongState):
        confirm_payment(payment_id=row.pk, reference="B2", on=stage.DAY, actor=books.actor)
    assert balance(books.line.pk, A.PAID) == 6000


def test_a_failed_payment_waits_in_suspense_and_goes_back(books: Books) -> None:
    row = under_way(books)
    fail_payment(payment_id=row.pk, reason="账号户名不符", on=stage.DAY, actor=books.actor)
    assert balance(books.line.pk, A.SUSPENSE) == 6000
    return_failed(payment_id=row.pk, on=stage.DAY, actor=books.actor)
    row.commitment.refresh_from_db()
    assert (row.commitment.remaining, balance(books.line.pk, A.COMMITTED)) == (10_000, 10_000)
    assert not differences()


def test_money_that_came_back_is_reversed_not_edited(books: Books) -> None:
    row = under_way(books)
    confirm_payment(payment_id=row.pk, reference="B1", on=stage.DAY, actor=books.actor)
    before = JournalEntry.objects.count()
    bounce_payment(payment_id=row.pk, reason="账户已销户", on=stage.DAY, actor=books.actor)
    assert JournalEntry.objects.count() == before + 2
    assert (balance(books.line.pk, A.PAID), balance(books.line.pk, A.SUSPENSE)) == (0, 6000)
    assert not differences()


def test_a_batch_is_done_when_every_row_has_its_word(books: Books) -> None:
    row = under_way(books)
    with pytest.raises(DomainError, match="还有 1 笔"):
        batches.finish_batch(batch_id=row.batch_id, actor=books.actor)
    confirm_payment(payment_id=row.pk, reference="B1", on=stage.DAY, actor=books.actor)
    done = batches.finish_batch(batch_id=row.batch_id, actor=books.actor)
    assert done.state == BatchState.DONE


def test_the_bank_file_leaves_a_reason_on_record(books: Books) -> None:
    batch = stage.drafted(books, stage.ordered(books, stage.committed(books)))
    with pytest.raises(DomainError, match="已批准"):
        batches.note_bank_file(batch_id=batch.pk, reason="送银行", actor=books.actor)
    batches.approve_batch(batch_id=batch.pk, actor=books.second.actor, now=stage.NOW)
    with pytest.raises(DomainError, match="原因"):
        batches.note_bank_file(batch_id=batch.pk, reason=" ", actor=books.actor)
    batches.note_bank_file(batch_id=batch.pk, reason="送银行付款", actor=books.actor)
    assert AuditEntry.objects.get(action="ledgers.batch.exported").reason == "送银行付款"
