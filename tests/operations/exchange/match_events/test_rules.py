"""The pure rules of events: tables, planning, regularity, calendar file."""

from __future__ import annotations

import datetime
from collections import Counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silian.operations.exchange.rules.match_event_calendar_file import (
    CalendarEntry,
    calendar_file,
)
from silian.operations.exchange.rules.match_event_planning import (
    EventPlan,
    fault_of,
    reason_no_signup,
)
from silian.operations.exchange.rules.match_event_regularity import (
    gap_sentence,
    period_of,
    regular_periods,
)
from silian.operations.exchange.rules.match_event_tables import (
    Brought,
    Seat,
    best_pairs,
    plan_tables,
    reason_seat_unfit,
)
from silian.operations.exchange.rules.matching_facts import Side

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime.datetime(2026, 3, 18, 10, tzinfo=ZONE)
HERE = Side(division="990104", division_name="高新区")


def brought(listing: int, signup: int, *, need: bool, **values: object) -> Brought:
    facts: dict[str, object] = {
        "kind": "internship",
        "category": "TALENT",
        "kind_name": "岗位实习",
        "facts": HERE,
    }
    return Brought(listing=listing, signup=signup, is_need=need, **{**facts, **values})  # type: ignore[arg-type]


@st.composite
def anything_brought(draw: st.DrawFn) -> list[Brought]:
    count = draw(st.integers(0, 24))
    return [
        brought(
            number,
            draw(st.integers(1, 8)),
            need=draw(st.booleans()),
            kind=draw(st.sampled_from(["internship", "job", "venue"])),
            category=draw(st.sampled_from(["TALENT", "SERVICE"])),
        )
        for number in range(1, count + 1)
    ]


@given(items=anything_brought(), slots=st.integers(0, 6), tables=st.integers(0, 4))
def test_nobody_is_in_two_places_at_once(items: list[Brought], slots: int, tables: int) -> None:
    plan = plan_tables(brought=items, slots=slots, tables=tables)
    places = Counter((seat.slot, seat.table) for seat in plan)
    persons = Counter((seat.slot, signup) for seat in plan for signup in seat.signups)
    assert not plan or max(places.values()) == max(persons.values()) == 1
    assert all(1 <= seat.slot <= slots and 1 <= seat.table <= tables for seat in plan)


@given(items=anything_brought(), slots=st.integers(0, 6), tables=st.integers(0, 4))
def test_only_a_need_and_an_offer_of_two_organisations_meet_and_only_once(
    items: list[Brought], slots: int, tables: int
) -> None:
    plan = plan_tables(brought=items, slots=slots, tables=tables)
    for seat in plan:
        assert seat.pair is not None
        assert seat.pair.need.is_need
        assert not seat.pair.offer.is_need
        assert len(seat.signups) == 2
        assert seat.pair.need.category == seat.pair.offer.category
    met = [seat.signups for seat in plan]
    assert len(met) == len(set(met))


@given(items=anything_brought(), slots=st.integers(1, 5), tables=st.integers(1, 4))
def test_a_pair_is_left_out_only_when_no_slot_has_room_for_it(
    items: list[Brought], slots: int, tables: int
) -> None:
    plan = plan_tables(brought=items, slots=slots, tables=tables)
    met = {seat.signups for seat in plan}
    for pair in best_pairs(items):
        if pair.signups in met:
            continue
        for slot in range(1, slots + 1):
            there = [seat for seat in plan if seat.slot == slot]
            busy = any(seat.signups & pair.signups for seat in there)
            assert busy or len(there) == tables


@given(items=anything_brought(), slots=st.integers(1, 5), tables=st.integers(1, 4))
def test_the_same_input_gives_the_same_plan(items: list[Brought], slots: int, tables: int) -> None:
    plan = plan_tables(brought=items, slots=slots, tables=tables)
    assert plan_tables(brought=items[::-1], slots=slots, tables=tables) == plan


@given(items=anything_brought())
def test_what_is_fixed_by_hand_stays_and_is_planned_around(items: list[Brought]) -> None:
    fixed = [Seat(slot=1, table=1, signups=frozenset({1, 2}))]
    plan = plan_tables(brought=items, slots=3, tables=2, fixed=fixed)
    assert all(seat.signups != frozenset({1, 2}) for seat in plan)
    assert not any(seat.slot == 1 and seat.signups & {1, 2} for seat in plan)
    assert not any((seat.slot, seat.table) == (1, 1) for seat in plan)


def test_everybody_gets_a_first_table_before_anybody_gets_a_second() -> None:
    items = [brought(number, number, need=True) for number in (1, 2, 3)]
    items += [brought(number, number, need=False) for number in (11, 12, 13)]
    plan = plan_tables(brought=items, slots=1, tables=3)
    assert len(plan) == 3
    assert set().union(*(seat.signups for seat in plan)) == {1, 2, 3, 11, 12, 13}


def test_two_organisations_are_paired_by_their_strongest_listings() -> None:
    turner = Side(division="990104", division_name="高新区", occupation="6-18-01-01")
    items = [
        brought(1, 1, need=True, kind="job", facts=turner),
        brought(2, 2, need=False),
        brought(3, 2, need=False, kind="job", facts=turner),
    ]
    assert [pair.offer.listing for pair in best_pairs(items)] == [3]


def test_neighbours_of_different_chains_have_no_reason_to_meet() -> None:
    need = brought(1, 1, need=True, kind="technical_problem", chain="装备制造")
    other = brought(2, 2, need=False, kind="research_result", chain="健康养老")
    same = brought(3, 3, need=False, kind="research_result", chain="装备制造")
    assert [pair.offer.listing for pair in best_pairs([need, other, same])] == [3]


def test_a_table_or_a_person_taken_is_refused_by_name() -> None:
    there = [Seat(slot=1, table=1, signups=frozenset({1, 2}))]
    names = {1: "启衡精密"}

    def reason(slot: int, table: int, *signups: int) -> str | None:
        seat = Seat(slot=slot, table=table, signups=frozenset(signups))
        return reason_seat_unfit(seat=seat, seats=there, slots=3, tables=2, names=names)

    assert "没有第 4 轮" in str(reason(4, 1, 3, 4))
    assert "已有安排" in str(reason(1, 1, 3, 4))
    assert "启衡精密第 1 轮已在第 1 桌" in str(reason(1, 2, 1, 4))
    assert reason(2, 1, 1, 4) is None


def plan(**values: object) -> EventPlan:
    facts: dict[str, object] = {
        "title": "第 2 季度校企人才供需对接会",
        "theme": "recruitment",
        "rhythm": "quarter",
        "division": "990104",
        "venue": "市民中心",
        "introduction": "带供需来。",
        "starts_at": NOW + datetime.timedelta(days=20),
        "ends_at": NOW + datetime.timedelta(days=20, hours=3),
        "signup_closes_at": NOW + datetime.timedelta(days=18),
        "capacity": 40,
        "tables": 10,
        "slot_minutes": 20,
    }
    return EventPlan(**{**facts, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"starts_at": NOW - datetime.timedelta(days=1)}, "starts_at"),
        ({"starts_at": NOW + datetime.timedelta(days=500)}, "starts_at"),
        ({"ends_at": NOW + datetime.timedelta(days=19)}, "ends_at"),
        ({"ends_at": NOW + datetime.timedelta(days=30)}, "ends_at"),
        ({"signup_closes_at": NOW + datetime.timedelta(days=21)}, "signup_closes_at"),
        ({"signup_closes_at": NOW - datetime.timedelta(days=1)}, "signup_closes_at"),
        ({"ends_at": NOW + datetime.timedelta(days=20, minutes=10)}, "slot_minutes"),
        ({"theme": "party"}, "theme"),
    ],
)
def test_a_senseless_plan_is_refused_at_its_box(values: dict[str, object], field: str) -> None:
    fault = fault_of(plan(**values), now=NOW)
    assert fault is not None
    assert fault.field == field


def test_a_sensible_plan_has_no_fault() -> None:
    assert fault_of(plan(), now=NOW) is None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"writes": False}, "经办人办理"),
        ({"verified": False}, "尚未核验"),
        ({"open_for_signup": False}, "报名已截止"),
        ({"closes_at": NOW}, "报名已截止"),
        ({"places_left": 0}, "名额已满"),
    ],
)
def test_a_refused_signup_says_why(values: dict[str, object], words: str) -> None:
    facts: dict[str, object] = {
        "writes": True,
        "verified": True,
        "open_for_signup": True,
        "now": NOW,
        "closes_at": NOW + datetime.timedelta(days=1),
        "places_left": 1,
        "signed_up": False,
    }
    assert reason_no_signup(**facts) is None  # type: ignore[arg-type]
    assert words in str(reason_no_signup(**{**facts, **values}))  # type: ignore[arg-type]


def test_a_full_event_can_still_be_changed_by_those_who_are_in() -> None:
    assert (
        reason_no_signup(
            writes=True,
            verified=True,
            open_for_signup=True,
            now=NOW,
            closes_at=NOW + datetime.timedelta(days=1),
            places_left=0,
            signed_up=True,
        )
        is None
    )


@given(
    day=st.dates(datetime.date(2000, 1, 1), datetime.date(2090, 1, 1)),
    rhythm=st.sampled_from(["month", "quarter", "half_year"]),
)
def test_every_day_lies_in_exactly_its_period(day: datetime.date, rhythm: str) -> None:
    starts, ends = period_of(day, rhythm=rhythm)
    assert starts <= day < ends
    assert period_of(ends, rhythm=rhythm)[0] == ends
    assert period_of(ends - datetime.timedelta(days=1), rhythm=rhythm)[0] == starts


def test_gaps_are_named_and_the_running_period_is_none() -> None:
    periods = regular_periods(
        held_on=[datetime.date(2025, 5, 9), datetime.date(2025, 12, 31)],
        rhythm="quarter",
        since=datetime.date(2025, 4, 1),
        today=datetime.date(2026, 3, 18),
    )
    assert [period.held for period in periods] == [1, 0, 1, 0]
    assert gap_sentence(periods) == "2025年第3季度未举办"


def test_the_calendar_file_folds_and_escapes() -> None:
    text = calendar_file(
        CalendarEntry(
            uid="match-event-1@silian",
            title="校企对接会；第 1 场, 高新区",
            place="市民中心",
            description="说明\n" + "很长" * 80,
            url="https://example.org/exchange/events/1/",
            starts_at=NOW,
            ends_at=NOW + datetime.timedelta(hours=3),
            stamped_at=NOW,
        )
    )
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    unfolded = text.replace("\r\n ", "")
    assert "DTSTART:20260318T020000Z" in unfolded
    assert "SUMMARY:校企对接会；第 1 场\\, 高新区" in unfolded
    assert "很长" * 80 in unfolded
