"""Closing months and opening them again."""

from __future__ import annotations

import datetime

import pytest

from silian.casework.ledgers.choices import MonthState
from silian.casework.ledgers.commands.months import close_month, reopen_month
from silian.casework.ledgers.models.funds import AccountingMonth
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError, WrongState
from tests.casework.ledgers import stage
from tests.casework.ledgers.stage import Books

pytestmark = pytest.mark.django_db
MARCH = datetime.date(2026, 3, 1)
MAY = stage.NOW.replace(month=5)


def closed(books: Books, month: datetime.date = MARCH) -> AccountingMonth:
    return close_month(office_id=books.office.pk, month=month, actor=books.actor, now=MAY)


def reopened(books: Books, actor: Actor, reason: str = "补记一笔退款") -> AccountingMonth:
    return reopen_month(office_id=books.office.pk, month=MARCH, reason=reason, actor=actor)


def test_a_closed_month_takes_no_entry(books: Books) -> None:
    assert closed(books).entries == 1
    with pytest.raises(DomainError, match="2026年3月已结账"):
        stage.committed(books)


def test_a_month_keeps_its_balances(books: Books) -> None:
    assert closed(books).totals == {"appropriated": "-100000.00", "available": "100000.00"}


def test_a_month_that_is_not_over_stays_open(books: Books) -> None:
    with pytest.raises(DomainError, match="还没有结束"):
        close_month(office_id=books.office.pk, month=MARCH, actor=books.actor, now=stage.NOW)


def test_months_are_closed_in_their_order(books: Books) -> None:
    stage.grant(books.line, "1", actor=books.actor, on=datetime.date(2026, 4, 2))
    with pytest.raises(DomainError, match="2026年3月还没有结账"):
        closed(books, datetime.date(2026, 4, 1))


def test_another_person_reopens_with_a_reason(books: Books) -> None:
    closed(books)
    with pytest.raises(DomainError, match="另一位"):
        reopened(books, books.actor)
    with pytest.raises(DomainError, match="原因"):
        reopened(books, books.second.actor, " ")
    row = reopened(books, books.second.actor)
    assert (row.state, row.reopened_by) == (MonthState.OPEN, books.second.user)
    stage.committed(books)


def test_the_last_closed_month_is_opened_first(books: Books) -> None:
    closed(books)
    closed(books, datetime.date(2026, 4, 1))
    with pytest.raises(DomainError, match="后面的月份"):
        reopened(books, books.second.actor)


def test_a_month_is_closed_once(books: Books) -> None:
    closed(books)
    with pytest.raises(WrongState):
        closed(books)
