"""Decisions of the ledger without a database."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silian.casework.ledgers.choices import EntryKind
from silian.casework.ledgers.rules import (
    POSTINGS,
    Told,
    Waiting,
    equal_parts,
    exact,
    execution_rate,
    masked,
    matches,
    moves,
    reason_not_approvable,
    reason_not_committable,
    reason_not_reopenable,
    unbalanced_lines,
)
from silian.foundation.kernel.errors import DomainError

CENTS = st.integers(min_value=1, max_value=10**12).map(lambda cents: Decimal(cents) / 100)


@pytest.mark.parametrize("kind", sorted(POSTINGS))
def test_the_postings_of_every_kind_add_up_to_zero(kind: EntryKind) -> None:
    rows = moves(POSTINGS[kind], line_id=1, amount=Decimal("12.34"))
    assert not unbalanced_lines(rows)
    assert len({row.account for row in rows}) == len(rows)


def test_lines_are_balanced_one_by_one() -> None:
    spent = moves(POSTINGS[EntryKind.COMMIT], line_id=1, amount=Decimal(5))[0]
    other = moves(POSTINGS[EntryKind.COMMIT], line_id=2, amount=Decimal(5))[1]
    assert unbalanced_lines([spent, other]) == [1, 2]


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "10000000000000.01"])
def test_an_amount_that_is_none_is_refused(amount: str) -> None:
    with pytest.raises(DomainError):
        exact(Decimal(amount))


def test_a_float_is_never_money() -> None:
    with pytest.raises(TypeError):
        exact(0.1)


def test_too_much_is_refused_with_what_is_missing() -> None:
    said = reason_not_committable(line="学徒补贴", available=Decimal(100), amount=Decimal(250))
    assert said is not None
    assert "差 150 元" in said
    assert reason_not_committable(line="x", available=Decimal(1), amount=Decimal(1)) is None


def test_nobody_approves_their_own_batch() -> None:
    assert reason_not_approvable(drafter_id=3, approver_id=3)
    assert reason_not_approvable(drafter_id=3, approver_id=4) is None


@pytest.mark.parametrize(
    ("actor", "reason", "later", "refused"),
    [(2, "补记", False, False), (1, "补记", False, True), (2, " ", False, True),
     (2, "补记", True, True)],
)  # fmt: skip
def test_a_month_is_reopened_by_another_with_a_reason(
    actor: int, reason: str, later: bool, refused: bool
) -> None:
    said = reason_not_reopenable(closed_by_id=1, actor_id=actor, reason=reason, later_closed=later)
    assert (said is not None) is refused


@given(total=CENTS, count=st.integers(min_value=1, max_value=36))
def test_instalments_add_up_to_the_last_cent(total: Decimal, count: int) -> None:
    if total < count:
        return
    parts = equal_parts(total=total, count=count, first_on=datetime.date(2026, 1, 31))
    assert sum(part.amount for part in parts) == total
    assert max(part.amount for part in parts) - min(part.amount for part in parts) <= Decimal(
        "0.01"
    )
    assert [part.due_on for part in parts] == sorted({part.due_on for part in parts})


def test_an_account_shows_its_last_four_digits() -> None:
    assert masked("6222020200012345678") == "**** 5678"
    assert masked("") == ""


def test_the_rate_needs_a_budget() -> None:
    assert execution_rate(paid=Decimal(1), appropriated=Decimal(3)) == Decimal("33.3")
    assert execution_rate(paid=Decimal(1), appropriated=Decimal(0)) is None


def told(row_id: int, *, key: str = "", name: str = "甲", amount: str = "1") -> Told:
    return Told(row_id=row_id, key=key, name=name, amount=Decimal(amount))


def waiting(payment_id: int, *, key: str, name: str = "甲", amount: str = "1") -> Waiting:
    return Waiting(payment_id=payment_id, key=key, name=name, amount=Decimal(amount))


def test_rows_match_by_key_and_amount() -> None:
    assert matches([told(1, key="A")], [waiting(9, key="A")]) == {1: (9, "by_key")}
    assert matches([told(1, key="A", amount="2")], [waiting(9, key="A")]) == {}


def test_rows_without_key_match_where_name_and_amount_fit_once() -> None:
    payments = [waiting(8, key="A"), waiting(9, key="B", name="乙")]
    assert matches([told(1), told(2, name="乙")], payments) == {
        1: (8, "by_name"),
        2: (9, "by_name"),
    }
    assert matches([told(1), told(2)], payments) == {}
    assert matches([told(1)], [waiting(8, key="A"), waiting(9, key="B")]) == {}


def test_one_payment_is_matched_once() -> None:
    assert matches([told(1, key="A"), told(2, key="A")], [waiting(9, key="A")]) == {
        1: (9, "by_key")
    }
