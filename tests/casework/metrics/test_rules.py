"""Periods, sums that become values, and what a report needs; without a database."""

from __future__ import annotations

import datetime
import itertools
from decimal import Decimal

import pytest

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.rules.number_words import number_words, plain_words
from silian.casework.metrics.rules.periods import (
    history_start,
    period_holding,
    period_name,
    periods_from,
)
from silian.casework.metrics.rules.reducing import figures_of
from silian.casework.metrics.rules.reporting import (
    reason_not_corrected,
    reason_too_short,
    reason_value_unfit,
)

DAY = datetime.date(2026, 8, 31)


@pytest.mark.parametrize(
    ("kind", "starts", "ends", "name"),
    [
        (PeriodKind.DAY, (2026, 8, 31), (2026, 9, 1), "2026年8月31日"),
        (PeriodKind.MONTH, (2026, 8, 1), (2026, 9, 1), "2026年8月"),
        (PeriodKind.QUARTER, (2026, 7, 1), (2026, 10, 1), "2026年三季度"),
        (PeriodKind.YEAR, (2026, 1, 1), (2027, 1, 1), "2026年"),
        (PeriodKind.ACADEMIC_YEAR, (2025, 9, 1), (2026, 9, 1), "2025—2026 学年"),
    ],
)
def test_a_day_lies_in_one_period_of_each_kind(kind, starts, ends, name) -> None:
    period = period_holding(DAY, kind=kind)
    assert period.starts == datetime.date(*starts)
    assert period.ends == datetime.date(*ends)
    assert period_name(period.starts, kind=kind) == name


@pytest.mark.parametrize("kind", list(PeriodKind))
def test_periods_follow_one_another_without_a_gap(kind: PeriodKind) -> None:
    since = datetime.date(2024, 12, 15)
    periods = list(periods_from(since, until=DAY, kind=kind))
    assert since in periods[0]
    assert DAY in periods[-1]
    assert all(first.meets(second) for first, second in itertools.pairwise(periods))


def test_a_series_begins_with_the_month_two_years_back() -> None:
    assert history_start(datetime.date(2026, 3, 18)) == datetime.date(2024, 4, 1)
    assert history_start(datetime.date(2026, 12, 1)) == datetime.date(2025, 1, 1)


def test_a_share_is_that_of_the_rows_in_percent() -> None:
    found = figures_of(reduction="share", row_count=3, part=Decimal(1))
    assert found.value == Decimal("33.3333")
    assert (found.numerator, found.denominator) == (1, 3)


def test_a_ratio_divides_one_set_of_rows_by_another() -> None:
    found = figures_of(reduction="ratio", row_count=3, part=None, over=4)
    assert found.value == Decimal("0.7500")
    assert figures_of(reduction="percent", row_count=3, part=None, over=4).value == 75


def test_a_sum_is_divided_by_another_sum_of_the_same_rows() -> None:
    sums = {"part": Decimal("300.50"), "whole": Decimal("1000")}
    found = figures_of(reduction="sum_share", row_count=7, **sums)
    assert found.value == Decimal("30.0500")
    assert (found.numerator, found.denominator) == (Decimal("300.50"), 1000)
    assert figures_of(reduction="sum_share", row_count=0, part=None).value is None


@pytest.mark.parametrize("reduction", ["share", "ratio", "percent"])
def test_nothing_to_divide_by_gives_no_value(reduction: str) -> None:
    found = figures_of(reduction=reduction, row_count=0, part=Decimal(0), over=None)
    assert found.value is None
    assert found.denominator == 0


def test_no_rows_are_a_zero_and_no_median() -> None:
    assert figures_of(reduction="count", row_count=0, part=None).value == 0
    assert figures_of(reduction="total", row_count=0, part=None).value == 0
    assert figures_of(reduction="median", row_count=0, part=None).value is None


def test_numbers_are_written_with_separators_and_their_decimals() -> None:
    assert number_words(Decimal("1234567.25"), decimals=1) == "1,234,567.3"
    assert plain_words(Decimal("100.0000")) == "100"
    assert plain_words(None) == "本期无数据"


def unfit(value: str, **facts: object) -> str | None:
    given = {
        "is_percentage": False,
        "decimals": 1,
        "starts": datetime.date(2026, 1, 1),
        "today": DAY,
    }
    return reason_value_unfit(value=Decimal(value), **{**given, **facts})  # type: ignore[arg-type]


def test_a_plain_number_may_be_reported() -> None:
    assert unfit("30.5") is None
    assert unfit("100", is_percentage=True) is None


def test_a_share_above_one_hundred_hides_a_wrong_unit() -> None:
    assert "百分比" in str(unfit("103", is_percentage=True))


def test_senseless_numbers_are_refused() -> None:
    assert "小于 0" in str(unfit("-1"))
    assert "小数" in str(unfit("1.25"))
    assert "还没有开始" in str(unfit("1", starts=datetime.date(2027, 1, 1)))
    assert "过大" in str(unfit("99999999999999999"))


def test_a_reason_has_words() -> None:
    assert reason_too_short(reason=" 错 ") is not None
    assert reason_too_short(reason="漏计一家") is None


def test_a_correction_changes_the_number() -> None:
    same = reason_not_corrected(answer="已核实更正", before=Decimal(9), after=Decimal(9))
    assert "没有变化" in str(same)
    fits = reason_not_corrected(answer="已核实更正", before=Decimal(9), after=Decimal(10))
    assert fits is None
