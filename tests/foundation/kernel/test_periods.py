"""Half-open periods and the years and terms made of them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silian.foundation.kernel.periods import (
    Period,
    Term,
    YearKind,
    academic_year,
    academic_year_name,
    academic_year_number,
    months_of,
    term_of,
    year_of,
)

D = datetime.date
days = st.dates(min_value=D(2000, 1, 1), max_value=D(2099, 12, 31))


def test_the_first_day_belongs_and_the_last_does_not() -> None:
    march = Period(D(2026, 3, 1), D(2026, 4, 1))
    assert D(2026, 3, 1) in march
    assert D(2026, 3, 31) in march
    assert D(2026, 4, 1) not in march
    assert march.days == 31
    assert str(march) == "2026-03-01 至 2026-03-31"


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError):
        Period(D(2026, 3, 1), D(2026, 3, 1))


def test_an_open_period_has_no_end_and_no_number_of_days() -> None:
    ever = Period(D(2026, 3, 1))
    assert D(2999, 1, 1) in ever
    assert str(ever) == "2026-03-01 起"
    with pytest.raises(ValueError):
        assert ever.days


def test_neighbours_meet_without_overlapping() -> None:
    first, second = Period(D(2026, 1, 1), D(2026, 2, 1)), Period(D(2026, 2, 1), D(2026, 3, 1))
    assert first.meets(second)
    assert not first.overlaps(second)


@given(days, days, days, days)
def test_a_day_is_in_the_intersection_when_it_is_in_both(
    a: datetime.date, b: datetime.date, c: datetime.date, day: datetime.date
) -> None:
    one = Period(min(a, b), max(a, b) + datetime.timedelta(days=1))
    other = Period(c)
    both = one.intersection(other)
    assert (both is not None and day in both) == (day in one and day in other)


def test_the_school_year_changes_on_the_first_of_september() -> None:
    assert academic_year_number(D(2026, 8, 31)) == 2025
    assert academic_year_number(D(2026, 9, 1)) == 2026
    assert academic_year(2025) == Period(D(2025, 9, 1), D(2026, 9, 1))
    assert academic_year_name(2025) == "2025—2026 学年"


def test_the_budget_year_is_the_calendar_year() -> None:
    assert year_of(D(2026, 3, 18), kind=YearKind.FISCAL) == Period(D(2026, 1, 1), D(2027, 1, 1))
    assert year_of(D(2026, 3, 18), kind=YearKind.ACADEMIC) == academic_year(2025)


@given(days)
def test_every_day_lies_in_its_term_and_terms_follow_one_another(day: datetime.date) -> None:
    term = term_of(day)
    assert day in term.period
    assert term.period.meets(term.following().period)


def test_a_term_is_named_as_schools_name_it() -> None:
    assert str(Term(2025, 2)) == "2025—2026 学年第二学期"
    with pytest.raises(ValueError):
        Term(2025, 3)


@given(days, st.integers(min_value=1, max_value=800))
def test_the_months_of_a_period_cover_it_exactly(day: datetime.date, length: int) -> None:
    whole = Period(day, day + datetime.timedelta(days=length))
    months = list(months_of(whole))
    assert months[0].starts == whole.starts
    assert months[-1].ends == whole.ends
    assert sum(month.days for month in months) == length
