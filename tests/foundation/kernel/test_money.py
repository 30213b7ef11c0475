"""Money read, written and split to the cent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.money import (
    format_ten_thousand,
    format_yuan,
    parse_yuan,
    split_yuan,
)

amounts = st.decimals(min_value=-(10**10), max_value=10**10, places=2)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("3200", "3200.00"),
        (" 3,200.5 元", "3200.50"),
        ("¥1,234,567.89", "1234567.89"),
        ("1.2万", "12000.00"),
        ("３２００", "3200.00"),
        ("0.35亿元", "35000000.00"),
        ("-5", "-5.00"),
        ("0.123万元", "1230.00"),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, yuan: str) -> None:
    assert parse_yuan(text) == Decimal(yuan)


@pytest.mark.parametrize(
    "text", ["", "面议", "1,23", "1.234", "3200-4000", "1e5", "--1", "9" * 15, "1万2", "NaN"]
)
def test_what_is_no_exact_amount_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(DomainError) as refusal:
        parse_yuan(text)
    assert refusal.value.sentence.endswith("。")


@given(amounts)
def test_what_is_written_can_be_read_back(amount: Decimal) -> None:
    assert parse_yuan(format_yuan(amount)) == amount


def test_whole_yuan_stay_whole() -> None:
    assert format_yuan(Decimal("3200.00")) == "3,200"
    assert format_yuan(Decimal("1234567.5")) == "1,234,567.50"
    assert format_ten_thousand(Decimal("1234567.5")) == "123.46"
    assert format_ten_thousand(Decimal("123456789"), places=0) == "12,346"


@given(amounts, st.lists(st.integers(min_value=0, max_value=1000), min_size=1, max_size=20))
def test_the_parts_add_up_and_lie_within_a_cent_of_their_share(
    amount: Decimal, weights: list[int]
) -> None:
    if not sum(weights):
        weights = [*weights, 1]
    parts = split_yuan(amount, weights=weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - amount * weight / sum(weights)) < Decimal("0.011")


def test_left_over_cents_go_to_the_largest_remainders() -> None:
    assert split_yuan(Decimal("100"), weights=[1, 1, 1]) == [
        Decimal("33.34"),
        Decimal("33.33"),
        Decimal("33.33"),
    ]
    with pytest.raises(ValueError):
        split_yuan(Decimal("1"), weights=[])
    with pytest.raises(ValueError):
        split_yuan(Decimal("1.001"), weights=[1])
