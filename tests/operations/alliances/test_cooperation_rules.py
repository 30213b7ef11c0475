"""Years to report, and the continuity of a forum; no database."""

from __future__ import annotations

import datetime

from silian.operations.alliances.rules.cooperation import (
    continuity,
    report_due_on,
    years_to_report,
)
from silian.operations.alliances.workflow.cooperation import reason_not_signable

DAY = datetime.date(2026, 3, 18)


def test_years_that_are_over_are_to_be_reported() -> None:
    start = datetime.date(2024, 5, 10)
    assert years_to_report(starts_on=start, ended_on=None, today=DAY) == [2024, 2025]
    ended = datetime.date(2024, 12, 1)
    assert years_to_report(starts_on=start, ended_on=ended, today=DAY) == [2024]
    assert years_to_report(starts_on=DAY, ended_on=None, today=DAY) == []
    assert report_due_on(2025) == datetime.date(2026, 1, 31)


def test_a_forum_is_continuous_when_each_year_is_told() -> None:
    lines = continuity(
        first_year=2022,
        ended_year=None,
        held={2022: datetime.date(2022, 9, 1), 2024: datetime.date(2024, 9, 5)},
        reasons={2023: "场馆改造"},
        today=DAY,
    )
    assert [(line.year, line.tone) for line in lines] == [
        (2022, "ok"),
        (2023, "unset"),
        (2024, "ok"),
        (2025, "watch"),
        (2026, "open"),
    ]


def test_an_ended_forum_is_not_asked_for_later_years() -> None:
    lines = continuity(first_year=2022, ended_year=2023, held={}, reasons={}, today=DAY)
    assert [line.year for line in lines] == [2022, 2023]


def test_nothing_is_signed_without_agreement() -> None:
    assert "协议编号" in (reason_not_signable(agreement_reference=" ") or "")
    assert reason_not_signable(agreement_reference="3号") is None
