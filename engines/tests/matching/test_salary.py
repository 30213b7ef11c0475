from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from silian_engines.matching.field_parsing.salary import PayPeriod, parse_salary


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "period", "monthly"),
    [
        ("1-1.5万/月", 10000, 15000, PayPeriod.MONTH, 10000),
        ("4.5-6千/月", 4500, 6000, PayPeriod.MONTH, 4500),
        ("8-10万/年", 80000, 100000, PayPeriod.YEAR, Decimal("6666.67")),
        ("150元/天", 150, 150, PayPeriod.DAY, Decimal("3262.50")),
        ("20元/小时", 20, 20, PayPeriod.HOUR, 3480),
        ("4001-6000", 4001, 6000, PayPeriod.MONTH, 4001),
        ("6K-8K·13薪", 6000, 8000, PayPeriod.MONTH, 6000),
        ("８－１０万／年", 80000, 100000, PayPeriod.YEAR, Decimal("6666.67")),
        ("8000-1.2万", 8000, 12000, PayPeriod.MONTH, 8000),
        ("1万-1万5", 10000, 15000, PayPeriod.MONTH, 10000),
        ("年薪20万", 200000, 200000, PayPeriod.YEAR, Decimal("16666.67")),
    ],
)
def test_real_forms_are_read(text, minimum, maximum, period, monthly):
    salary = parse_salary(text)
    assert salary.problem is None
    assert (salary.minimum, salary.maximum, salary.period) == (minimum, maximum, period)
    assert salary.monthly_minimum == monthly


def test_thirteen_months_are_kept():
    assert parse_salary("6K-8K·13薪").months_per_year == 13


def test_an_open_end_stays_open():
    assert parse_salary("2万以上/年").maximum is None
    assert parse_salary("1.5千以下/月").minimum is None


def test_negotiable_pay_is_no_problem():
    assert parse_salary("面议").negotiable
    assert parse_salary("").negotiable


@pytest.mark.parametrize("text", ["abc", "6-8", "9-5千/月", "0-0", "900万/月", "8K·99薪"])
def test_nonsense_is_refused_with_a_reason(text):
    salary = parse_salary(text)
    assert salary.problem
    assert text in salary.problem
    assert salary.monthly_minimum is None


@settings(deadline=None)
@given(st.integers(1000, 50000), st.integers(0, 50000))
def test_a_range_written_out_is_read_back(low, more):
    salary = parse_salary(f"{low}-{low + more}元/月")
    assert (salary.minimum, salary.maximum) == (low, low + more)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_gives_a_value_or_a_reason(text):
    salary = parse_salary(text)
    known = salary.minimum is not None or salary.maximum is not None
    assert known + salary.negotiable + (salary.problem is not None) == 1
