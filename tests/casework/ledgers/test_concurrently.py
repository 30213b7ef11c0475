"""Two clerks at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from silian.casework.ledgers.choices import AccountKind
from silian.casework.ledgers.commands.booking import balance
from silian.casework.ledgers.commands.commitments import commit
from silian.casework.ledgers.commands.months import close_month
from silian.casework.ledgers.models.payments import Commitment, FundPayment
from silian.casework.ledgers.queries.checking import differences
from silian.foundation.kernel.errors import DomainError
from tests.casework.ledgers import stage
from tests.casework.ledgers.stage import Books
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs: Callable[[], Any]) -> list[str]:
    """What each of several came to, started together."""
    barrier = threading.Barrier(len(jobs))
    results: list[str] = []

    def work(job: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            job()
        except DomainError as refusal:
            results.append(refusal.sentence)
        else:
            results.append("done")
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


def made() -> Books:
    make_world()
    return stage.make_books("1000")


def committing(books: Books, *, key: str, amount: str = "1000") -> Callable[[], Any]:
    return lambda: commit(
        line_id=books.line.pk, amount=Decimal(amount), subject=stage.subject(), key=key,
        on=stage.DAY, actor=books.actor,
    )  # fmt: skip


def test_the_last_money_goes_to_one_and_the_other_is_told() -> None:
    books = made()
    first, second = at_once(committing(books, key="A"), committing(books, key="B"))
    assert first == "done"
    assert second == (
        "“企业新型学徒制补贴（2026）”可用指标 0 元，不够占用 1,000 元，差 1,000 元。"
        "请减少金额，或先下达预算。"
    )
    assert balance(books.line.pk, AccountKind.AVAILABLE) == 0
    assert not differences()


def test_the_same_commitment_sent_twice_at_once_is_one() -> None:
    books = made()
    assert at_once(*[committing(books, key="A", amount="400")] * 3) == ["done"] * 3
    assert Commitment.objects.count() == 1


def test_the_same_payment_sent_twice_at_once_is_one() -> None:
    books = made()
    source = stage.committed(books, "1000")
    paying = [lambda: stage.ordered(books, source, "600", key="P")] * 3
    assert at_once(*paying) == ["done"] * 3
    assert FundPayment.objects.count() == 1


def test_a_month_closes_after_the_entries_under_way() -> None:
    books = made()
    later = stage.NOW.replace(month=5)

    def close() -> None:
        close_month(office_id=books.office.pk, month=stage.DAY, actor=books.actor, now=later)

    results = at_once(close, committing(books, key="A"))
    assert "done" in results
    month = books.office.months.get()
    assert month.entries == 1 + Commitment.objects.count()
    assert not differences()
