"""Decisions about pay, without a database."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silian.operations.placements.choices.pay import (
    PayAlarmKind,
    StudentAnswer,
)
from silian.operations.placements.rules.pay import (
    MonthFacts,
    Standing,
    alarms_due,
    days_in_month,
    due_amount,
    due_on,
    is_weekly,
    masked_account,
    pay_parts,
    reason_account_refused,
    standing_of,
)

FEBRUARY = datetime.date(2026, 2, 1)
DUE = datetime.date(2026, 3, 10)
AFTER = datetime.date(2026, 3, 18)


def facts(**values: object) -> MonthFacts:
    known: dict[str, object] = {"due_amount": Decimal(3200), "due_on": DUE}
    return MonthFacts(**{**known, **values})  # type: ignore[arg-type]


def kinds(found: MonthFacts, **values: object) -> list[PayAlarmKind]:
    day = values.pop("on", AFTER)
    return [raised.kind for raised in alarms_due(found, on=day, **values)]  # type: ignore[arg-type]


def test_a_whole_month_owes_the_agreed_pay() -> None:
    assert due_amount(monthly_pay=Decimal(3200), month=FEBRUARY, days=28) == Decimal("3200.00")


def test_a_part_of_a_month_owes_its_days() -> None:
    assert due_amount(monthly_pay=Decimal(2800), month=FEBRUARY, days=7) == Decimal("700.00")


def at(pay: str) -> Callable[[datetime.date], Decimal]:
    return lambda day: Decimal(pay)


def test_days_count_within_the_month_alone() -> None:
    starts, ends = datetime.date(2026, 2, 23), datetime.date(2026, 9, 1)
    works = {"works_on": lambda day: starts <= day < ends, "pay_on": at("2800")}
    [part] = pay_parts(month=FEBRUARY, **works)  # type: ignore[arg-type]
    assert (part.first, part.days, part.amount) == (starts, 6, Decimal("600.00"))
    assert pay_parts(month=datetime.date(2026, 1, 1), **works) == []  # type: ignore[arg-type]


def test_a_change_within_the_month_counts_from_its_day() -> None:
    raised = datetime.date(2026, 2, 15)
    parts = pay_parts(
        month=FEBRUARY,
        works_on=lambda day: day.day != 20,
        pay_on=lambda day: Decimal(3200) if day < raised else Decimal(3500),
    )
    assert [(part.days, part.monthly_pay, part.amount) for part in parts] == [
        (14, Decimal(3200), Decimal("1600.00")),
        (13, Decimal(3500), Decimal("1625.00")),
    ]


@given(
    st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 12, 1)),
    st.integers(1, 400),
    st.decimals(1, 20000, places=2),
    st.integers(0, 400),
)
def test_all_months_of_a_stay_owe_their_days_and_no_more(
    starts: datetime.date, days: int, pay: Decimal, changes_after: int
) -> None:
    ends = starts + datetime.timedelta(days=days)
    changes_on = starts + datetime.timedelta(days=changes_after)
    month, counted = starts.replace(day=1), 0
    while month < ends:
        parts = pay_parts(
            month=month,
            works_on=lambda day: starts <= day < ends,
            pay_on=lambda day: pay if day < changes_on else pay + 1,
        )
        worked = sum(part.days for part in parts)
        counted += worked
        owed = sum(part.amount for part in parts)
        assert 0 <= owed <= pay + 1
        if [part.monthly_pay for part in parts] == [pay]:
            assert (owed == pay) or worked < days_in_month(month)
        month = (month + datetime.timedelta(days=32)).replace(day=1)
    assert counted == days


def test_pay_is_due_on_the_pay_day_of_the_next_month() -> None:
    assert due_on(month=datetime.date(2025, 12, 1), pay_day=10) == datetime.date(2026, 1, 10)


@pytest.mark.parametrize(
    ("values", "on", "standing"),
    [
        ({}, DUE, Standing.WAITING),
        ({}, AFTER, Standing.LATE),
        ({"paid_amount": Decimal(3040)}, AFTER, Standing.LOW),
        ({"paid_amount": Decimal(3200)}, AFTER, Standing.PAID),
        (
            {"paid_amount": Decimal(3200), "student_answer": StudentAnswer.CONTRARY},
            AFTER,
            Standing.CONTRARY,
        ),
    ],
)
def test_a_month_stands_as_its_facts_say(
    values: dict[str, object], on: datetime.date, standing: Standing
) -> None:
    assert standing_of(facts(**values), on=on) == standing


def test_pay_is_late_from_the_day_after() -> None:
    assert kinds(facts(), on=DUE) == []
    assert kinds(facts(), on=DUE + datetime.timedelta(days=1)) == [PayAlarmKind.LATE]


def test_low_pay_tells_the_gap_in_yuan() -> None:
    (raised,) = alarms_due(facts(paid_amount=Decimal(3040)), on=AFTER)
    assert (raised.kind, raised.gap, raised.detail) == (
        PayAlarmKind.LOW,
        Decimal(160),
        "比协议少 160 元",
    )


def test_agreed_pay_below_the_line_is_told_and_an_unset_line_is_not_guessed() -> None:
    paid = {"paid_amount": Decimal(3200), "monthly_pay": Decimal(3200)}
    assert kinds(facts(**paid, line=Decimal(3360))) == [PayAlarmKind.BELOW_LINE]
    assert kinds(facts(**paid, line=None)) == []


def test_more_than_a_month_without_pay_is_told_until_it_is_paid() -> None:
    last = datetime.date(2026, 2, 10)
    late = {"last_paid_on": last, "longest_interval": 31}
    assert kinds(facts(), **late) == [PayAlarmKind.LATE, PayAlarmKind.INTERVAL]
    assert kinds(facts(), last_paid_on=last, longest_interval=None) == [PayAlarmKind.LATE]
    paid = facts(paid_amount=Decimal(3200), paid_on=AFTER)
    assert kinds(paid, **late) == []


@pytest.mark.parametrize(
    ("holder", "number", "word"),
    [
        ("何某", "6222020000000000021", "学生本人"),
        ("何雨", "62220200000000000A1", "数字"),
        ("何雨", "6222", "位"),
    ],
)
def test_an_account_of_somebody_else_is_refused(holder: str, number: str, word: str) -> None:
    problem = reason_account_refused(holder=holder, student="何雨", number=number, bank="工商银行")
    assert problem is not None
    assert word in problem


def test_only_the_tail_of_an_account_is_shown() -> None:
    assert masked_account("6222020000000000021") == "**** 0021"


def test_four_payments_a_week_apart_look_like_day_labour() -> None:
    days = [datetime.date(2026, 2, 1) + datetime.timedelta(days=7 * n) for n in range(4)]
    assert is_weekly(days)
    assert not is_weekly(days[:3])
    assert not is_weekly([days[0], days[3], days[3] + datetime.timedelta(days=28)])
