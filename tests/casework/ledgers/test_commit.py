"""Commit money, give it back, and order payments out of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from silian.casework.ledgers.choices import AccountKind, PaymentState
from silian.casework.ledgers.commands.booking import balance
from silian.casework.ledgers.commands.commitments import release
from silian.casework.ledgers.commands.payments import cancel_payment
from silian.casework.ledgers.models.payments import Commitment, FundPayment
from silian.casework.ledgers.queries.checking import differences
from silian.foundation.kernel.errors import DomainError, NotAllowed
from tests.casework.ledgers import stage
from tests.casework.ledgers.stage import Books
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_commitment_takes_available_money(books: Books) -> None:
    stage.committed(books, "30000")
    assert balance(books.line.pk, AccountKind.AVAILABLE) == 70_000
    assert balance(books.line.pk, AccountKind.COMMITTED) == 30_000
    assert not differences()


def test_more_than_available_is_refused_with_the_gap(books: Books) -> None:
    with pytest.raises(DomainError, match="差 0.01 元"):
        stage.committed(books, "100000.01")
    assert balance(books.line.pk, AccountKind.AVAILABLE) == 100_000


def test_the_same_key_commits_once(books: Books) -> None:
    first = stage.committed(books, key="A")
    assert stage.committed(books, key="A") == first
    assert Commitment.objects.count() == 1
    assert balance(books.line.pk, AccountKind.COMMITTED) == 10_000


def test_the_same_key_with_another_amount_is_refused(books: Books) -> None:
    stage.committed(books, key="A")
    with pytest.raises(DomainError, match="内容不同"):
        stage.committed(books, "1", key="A")


def test_what_is_not_needed_goes_back(books: Books) -> None:
    row = stage.committed(books)
    release(
        commitment_id=row.pk, amount=Decimal(4000), reason="人数减少", on=stage.DAY,
        actor=books.actor,
    )  # fmt: skip
    assert balance(books.line.pk, AccountKind.AVAILABLE) == 94_000
    with pytest.raises(DomainError, match="还剩 6,000 元"):
        release(
            commitment_id=row.pk, amount=Decimal(6001), reason="人数减少", on=stage.DAY,
            actor=books.actor,
        )  # fmt: skip


def test_the_owner_department_commits_and_others_do_not(world: World, books: Books) -> None:
    books.clerk, clerk = books.owner, books.clerk
    assert stage.committed(books).created_by == books.owner.user
    books.clerk = world.coordinator
    with pytest.raises(NotAllowed):
        stage.committed(books)
    assert clerk.user


def test_a_payment_is_ordered_once_for_its_key(books: Books) -> None:
    source = stage.committed(books)
    first = stage.ordered(books, source, key="P1")
    assert stage.ordered(books, source, key="P1") == first
    source.refresh_from_db()
    assert (FundPayment.objects.count(), source.remaining) == (1, 4000)
    with pytest.raises(DomainError, match="内容不同"):
        stage.ordered(books, source, "1", key="P1")


def test_payments_never_exceed_the_commitment(books: Books) -> None:
    source = stage.committed(books)
    stage.ordered(books, source)
    with pytest.raises(DomainError, match="还剩 4,000 元"):
        stage.ordered(books, source, "4000.01")


def test_the_account_is_kept_encrypted(books: Books) -> None:
    row = stage.ordered(books, stage.committed(books))
    assert stage.PAYEE.account not in row.account_cipher
    assert row.account_number == stage.PAYEE.account
    assert row.account_masked == "**** 5678"


def test_a_cancelled_payment_frees_its_commitment(books: Books) -> None:
    source = stage.committed(books)
    row = cancel_payment(payment_id=stage.ordered(books, source).pk, actor=books.actor)
    source.refresh_from_db()
    assert (row.state, source.remaining) == (PaymentState.CANCELLED, 10_000)
    assert not differences()


@pytest.mark.parametrize("account", ["", "123", "62220202000A2345678", "１２３４５６７８９"])
def test_an_account_that_is_none_is_refused(books: Books, account: str) -> None:
    from silian.casework.ledgers.commands.payments import Payee, pay

    source = stage.committed(books)
    with pytest.raises(DomainError, match="收款账号"):
        pay(
            commitment_id=source.pk, amount=Decimal(1), subject=stage.subject(), key="x",
            payee=Payee(name="甲", bank="乙", account=account), actor=books.actor,
        )  # fmt: skip
