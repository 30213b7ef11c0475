"""How deadlines read."""

from __future__ import annotations

import datetime

import pytest

from silian.foundation.ui.clocks import clock_reading

ZONE = datetime.timezone(datetime.timedelta(hours=8))
NOW = datetime.datetime(2026, 3, 18, 9, 30, tzinfo=ZONE)


def due(days: float = 0, hours: float = 0) -> datetime.datetime:
    return NOW + datetime.timedelta(days=days, hours=hours)


@pytest.mark.parametrize(
    ("moment", "word", "number", "unit", "tone"),
    [
        (due(days=13), "余", 13, "天", "open"),
        (due(days=2, hours=5), "余", 2, "天", "watch"),
        (due(days=3), "余", 3, "天", "open"),
        (due(hours=5), "余", 5, "小时", "watch"),
        (due(hours=0.5), "余", 30, "分钟", "watch"),
        (due(days=-2, hours=-1), "逾期", 2, "天", "late"),
        (due(hours=-3), "逾期", 3, "小时", "late"),
    ],
)
def test_a_clock_says_what_is_left_or_overdue(
    moment: datetime.datetime, word: str, number: int, unit: str, tone: str
) -> None:
    reading = clock_reading(due=moment, now=NOW)
    assert (reading.word, reading.number, reading.unit, reading.tone) == (word, number, unit, tone)


def test_working_days_come_from_the_caller() -> None:
    reading = clock_reading(due=due(days=9), now=NOW, working_days=5)
    assert (reading.number, reading.unit, reading.tone) == (5, "工作日", "open")


def test_overdue_working_days_count_up() -> None:
    reading = clock_reading(due=due(days=-4), now=NOW, working_days=-2)
    assert (reading.word, reading.number, reading.tone) == ("逾期", 2, "late")


def test_midnight_is_the_twenty_fourth_hour_of_the_day_before() -> None:
    midnight = datetime.datetime(2026, 3, 20, tzinfo=ZONE)
    assert clock_reading(due=midnight, now=NOW).until == "3月19日 24 时截止"


def test_another_year_is_named() -> None:
    moment = datetime.datetime(2027, 1, 5, 17, 30, tzinfo=ZONE)
    assert clock_reading(due=moment, now=NOW, ending="到期").until == "2027年1月5日 17:30 到期"


@pytest.mark.parametrize(("day", "number"), [(17, 1), (16, 2), (8, 10)])
def test_the_end_of_a_day_is_late_by_the_days_after_it(day: int, number: int) -> None:
    """As pages count that know the day alone; NOW is in the morning of 18 March."""
    midnight = datetime.datetime.combine(
        datetime.date(2026, 3, day + 1), datetime.time(), tzinfo=NOW.tzinfo
    )
    reading = clock_reading(due=midnight, now=NOW)
    assert (reading.word, reading.number, reading.unit) == ("逾期", number, "天")
