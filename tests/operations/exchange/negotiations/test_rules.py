"""Decisions about negotiations that need no database."""

from __future__ import annotations

import datetime

import pytest

from silian.foundation.kernel.working_days import WorkingCalendar
from silian.operations.exchange.rules.negotiation_clocks import (
    due_after,
    working_days_left,
    working_minutes,
)
from silian.operations.exchange.rules.negotiation_opening import (
    reason_not_answerable,
    reason_period_unfit,
    reason_quantity_unfit,
    reason_too_soon,
)
from silian.operations.exchange.rules.negotiation_ratings import reason_not_ratable, shown_from
from silian.operations.exchange.rules.negotiation_terms import (
    Terms,
    changed_terms,
    marked_text,
    period_text,
)
from silian.operations.exchange.rules.unmet_demand import (
    MissedSupply,
    reason_not_takeable,
    reason_unfit,
)
from silian.operations.exchange.workflow.deal import deal
from silian.operations.exchange.workflow.negotiation import negotiation
from silian.operations.exchange.workflow.unmet_demand import unmet_demand

UTC8 = datetime.timezone(datetime.timedelta(hours=8))
CALENDAR = WorkingCalendar()
FIT = {
    "writes": True,
    "verified": True,
    "own": False,
    "listing_open": True,
    "fits_kind": True,
    "answerer_names": ["院校"],
}


def at(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=UTC8)


def test_five_working_days_after_a_wednesday_end_next_wednesday_at_midnight() -> None:
    due = due_after(at(2025, 3, 19, 10), days=5, calendar=CALENDAR)
    assert due == at(2025, 3, 27, 0)


def test_the_national_day_holiday_and_its_exchanged_sunday_are_counted_as_arranged() -> None:
    # 2025: 1 to 8 October are off, Saturday 11 October is worked
    due = due_after(at(2025, 9, 30, 16), days=3, calendar=CALENDAR)
    assert due == at(2025, 10, 12, 0)


def test_a_site_override_moves_the_clock() -> None:
    calendar = WorkingCalendar(overrides={datetime.date(2025, 3, 20): False})
    assert due_after(at(2025, 3, 19, 10), days=1, calendar=calendar) == at(2025, 3, 22, 0)


def test_days_left_count_down_to_zero_on_the_last_day_and_below_after_it() -> None:
    due = at(2025, 3, 27, 0)
    left = [
        working_days_left(now=at(2025, 3, day, 9), due=due, calendar=CALENDAR)
        for day in (19, 24, 26, 27, 31)
    ]
    assert left == [5, 2, 0, -1, -3]


@pytest.mark.parametrize(
    ("since", "until", "minutes"),
    [
        (at(2025, 3, 19, 10), at(2025, 3, 19, 11, 30), 90),
        (at(2025, 3, 19, 16), at(2025, 3, 20, 10), 120),
        (at(2025, 3, 21, 16), at(2025, 3, 24, 10), 120),
        (at(2025, 3, 22, 8), at(2025, 3, 23, 20), 0),
        (at(2025, 3, 19, 20), at(2025, 3, 19, 22), 0),
        (at(2025, 3, 19, 12), at(2025, 3, 19, 11), 0),
        (at(2025, 9, 30, 16), at(2025, 10, 9, 10), 120),
    ],
)
def test_only_office_hours_of_working_days_count(
    since: datetime.datetime, until: datetime.datetime, minutes: int
) -> None:
    assert working_minutes(since=since, until=until, calendar=CALENDAR) == minutes


def test_whoever_fits_may_answer() -> None:
    assert reason_not_answerable(**FIT) is None


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"writes": False}, "经办人"),
        ({"own": True}, "自己发布"),
        ({"verified": False}, "尚未核验"),
        ({"listing_open": False}, "不再接受应答"),
        ({"fits_kind": False}, "面向院校"),
    ],
)
def test_each_reason_not_to_answer_is_said(change: dict[str, bool], word: str) -> None:
    assert word in str(reason_not_answerable(**{**FIT, **change}))


def test_a_refused_side_waits_ten_days() -> None:
    refused = datetime.date(2026, 3, 1)
    assert "2026-03-11" in str(
        reason_too_soon(refused_on=refused, today=datetime.date(2026, 3, 10))
    )
    assert reason_too_soon(refused_on=refused, today=datetime.date(2026, 3, 11)) is None
    assert reason_too_soon(refused_on=None, today=refused) is None


def test_a_quantity_fits_what_is_left() -> None:
    assert reason_quantity_unfit(quantity=8, left=8, unit="人") is None
    assert reason_quantity_unfit(quantity=8, left=None, unit="项") is None
    assert "还剩 7 人" in str(reason_quantity_unfit(quantity=8, left=7, unit="人"))
    assert "至少为 1" in str(reason_quantity_unfit(quantity=0, left=7, unit="人"))


def test_a_period_has_both_ends_in_order() -> None:
    day = datetime.date(2026, 9, 1)
    assert reason_period_unfit(starts_on=None, ends_on=None) is None
    assert reason_period_unfit(starts_on=day, ends_on=None)
    assert reason_period_unfit(starts_on=day, ends_on=day)


def terms(**values: object) -> Terms:
    facts = {
        "form": "选派学生岗位实习",
        "quantity": 10,
        "starts_on": datetime.date(2026, 9, 1),
        "ends_on": datetime.date(2027, 2, 1),
        "terms": "报酬每月 3200 元。",
    }
    return Terms(**{**facts, **values})  # type: ignore[arg-type]


def test_the_difference_names_only_what_changed() -> None:
    changes = changed_terms(
        old=terms(), new=terms(quantity=8, terms="报酬每月 3400 元。"), unit="人"
    )
    assert [(c.label, c.old, c.new) for c in changes] == [
        ("数量", "10 人", "8 人"),
        ("主要条款", "报酬每月 3200 元。", "报酬每月 3400 元。"),
    ]


def test_marked_text_keeps_every_character_of_both_versions() -> None:
    pieces = marked_text(old="报酬每月 3200 元。", new="报酬每月 3400 元，按月付。")
    old = "".join(piece.text for piece in pieces if piece.mark != "come")
    new = "".join(piece.text for piece in pieces if piece.mark != "gone")
    assert (old, new) == ("报酬每月 3200 元。", "报酬每月 3400 元，按月付。")


def test_a_period_reads_with_its_last_day() -> None:
    assert period_text(terms()) == "2026-09-01 至 2027-01-31"
    assert period_text(terms(starts_on=None, ends_on=None)) == "未设定"


def test_a_rating_needs_an_end_comes_once_and_in_time() -> None:
    closed, now = at(2026, 3, 1, 9), at(2026, 3, 10, 9)
    assert reason_not_ratable(closed_at=closed, rated_before=False, now=now) is None
    assert reason_not_ratable(closed_at=None, rated_before=False, now=now)
    assert reason_not_ratable(closed_at=closed, rated_before=True, now=now)
    assert reason_not_ratable(closed_at=closed, rated_before=False, now=at(2026, 3, 15, 9))


def test_a_first_rating_waits_two_weeks_and_a_second_shows_at_once() -> None:
    closed, now = at(2026, 3, 1, 9), at(2026, 3, 10, 9)
    assert shown_from(closed_at=closed, other_side_rated=False, now=now) == at(2026, 3, 15, 9)
    assert shown_from(closed_at=closed, other_side_rated=True, now=now) == now


def missed(**values: object) -> MissedSupply:
    facts = {
        "kind": "training_places",
        "side": "supply",
        "title": "数控实训工位 30 个",
        "description": "新员工 30 人，9 月起两周，五轴加工中心。",
        "division": "990104",
    }
    return MissedSupply(**{**facts, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"description": "急需"}, "description"),
        ({"needed_by": datetime.date(2026, 3, 18)}, "needed_by"),
        ({"quantity": 0}, "quantity"),
    ],
)
def test_a_demand_says_what_for_how_much_and_when(change: dict[str, object], field: str) -> None:
    refusal = reason_unfit(missed=missed(**change), today=datetime.date(2026, 3, 18))
    assert refusal is not None
    assert refusal.field == field


def test_a_full_demand_is_taken() -> None:
    assert reason_unfit(missed=missed(), today=datetime.date(2026, 3, 18)) is None


def test_each_reason_not_to_take_up_is_said() -> None:
    fit = {
        "writes": True,
        "verified": True,
        "own": False,
        "fits_kind": True,
        "publisher_names": ["院校"],
    }
    assert reason_not_takeable(**fit) is None  # type: ignore[arg-type]
    for change in ({"writes": False}, {"verified": False}, {"own": True}, {"fits_kind": False}):
        assert reason_not_takeable(**{**fit, **change})  # type: ignore[arg-type]


def test_every_life_has_a_diagram_and_an_end() -> None:
    for life in (negotiation, deal, unmet_demand):
        assert life.diagram().startswith("stateDiagram-v2")
        ends = {step.target for step in life.transitions} - {
            source for step in life.transitions for source in step.sources
        }
        assert ends
