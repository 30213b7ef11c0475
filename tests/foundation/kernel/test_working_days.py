"""The working-day calendar: holidays, shifted days, overrides, deadlines."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silian.foundation.kernel.working_days import (
    FIRST_KNOWN_YEAR,
    LAST_KNOWN_YEAR,
    WorkingCalendar,
    deadline,
    warning_for,
)

D = datetime.date
SHANGHAI = ZoneInfo("Asia/Shanghai")
plain = WorkingCalendar()


def test_a_shifted_sunday_works_and_a_holiday_wednesday_rests() -> None:
    assert plain.is_working(D(2025, 1, 26))
    assert not plain.is_working(D(2025, 1, 29))
    assert not plain.is_working(D(2025, 10, 1))


def test_the_first_day_does_not_count() -> None:
    assert plain.add(D(2026, 3, 16), days=1) == D(2026, 3, 17)
    assert plain.add(D(2026, 3, 20), days=1) == D(2026, 3, 23)
    assert plain.add(D(2026, 3, 20), days=0) == D(2026, 3, 20)


def test_national_day_is_skipped() -> None:
    assert plain.add(D(2025, 9, 30), days=1) == D(2025, 10, 9)


def test_an_override_wins_over_the_package() -> None:
    special = WorkingCalendar(overrides={D(2026, 3, 17): False, D(2026, 3, 21): True})
    assert special.add(D(2026, 3, 16), days=1) == D(2026, 3, 18)
    assert special.is_working(D(2026, 3, 21))


def test_a_year_without_arrangement_counts_weekdays_and_says_so() -> None:
    year = LAST_KNOWN_YEAR + 1
    assert not plain.is_working(next_saturday(D(year, 5, 1)))
    assert plain.is_working(next_saturday(D(year, 5, 1)) + datetime.timedelta(days=2))
    assert str(year) in warning_for(year)
    assert warning_for(FIRST_KNOWN_YEAR) == ""
    assert warning_for(LAST_KNOWN_YEAR) == ""


def next_saturday(day: datetime.date) -> datetime.date:
    return day + datetime.timedelta(days=(5 - day.weekday()) % 7)


@given(
    st.dates(min_value=D(2010, 1, 1), max_value=D(2030, 1, 1)),
    st.integers(min_value=0, max_value=60),
)
def test_adding_and_counting_undo_each_other(start: datetime.date, count: int) -> None:
    assert plain.between(start, plain.add(start, days=count)) == count
    assert plain.between(plain.add(start, days=count), start) == -count


def test_a_deadline_in_working_days_ends_at_midnight() -> None:
    start = datetime.datetime(2025, 9, 29, 9, 30, tzinfo=SHANGHAI)
    due = deadline(start, calendar=plain, working_days=2)
    assert due.due_on == D(2025, 10, 9)
    assert due.due_at == datetime.datetime(2025, 10, 10, tzinfo=SHANGHAI)
    assert due.warning == ""


def test_a_deadline_in_natural_days_moves_off_a_rest_day() -> None:
    start = datetime.datetime(2025, 9, 28, 9, 30, tzinfo=SHANGHAI)
    assert deadline(start, calendar=plain, days=5).due_on == D(2025, 10, 9)


def test_a_deadline_in_an_unknown_year_warns() -> None:
    start = datetime.datetime(LAST_KNOWN_YEAR, 12, 28, tzinfo=SHANGHAI)
    assert deadline(start, calendar=plain, working_days=15).warning


def test_a_deadline_needs_one_kind_of_days() -> None:
    start = datetime.datetime(2026, 1, 5, tzinfo=SHANGHAI)
    with pytest.raises(ValueError):
        deadline(start, calendar=plain)
    with pytest.raises(ValueError):
        deadline(start, calendar=plain, days=1, working_days=1)
    with pytest.raises(ValueError):
        plain.add(D(2026, 1, 5), days=10**9)
