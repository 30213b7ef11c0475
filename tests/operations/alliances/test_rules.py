"""Rhythm, numbers and rosters, without a database."""

from __future__ import annotations

import datetime

import pytest

from silian.operations.alliances.choices.coordination import PostRole, Rhythm
from silian.operations.alliances.rules.meetings import (
    decision_number,
    next_number,
    period_end,
    period_start,
    standing,
)
from silian.operations.alliances.rules.rosters import roster_lines, unit_of

DAY = datetime.date(2026, 5, 20)


@pytest.mark.parametrize(
    ("rhythm", "first", "last"),
    [
        (Rhythm.MONTHLY, (2026, 5, 1), (2026, 5, 31)),
        (Rhythm.QUARTERLY, (2026, 4, 1), (2026, 6, 30)),
        (Rhythm.HALF_YEARLY, (2026, 1, 1), (2026, 6, 30)),
        (Rhythm.YEARLY, (2026, 1, 1), (2026, 12, 31)),
    ],
)
def test_a_period_begins_and_ends_with_the_calendar(
    rhythm: Rhythm, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert period_start(DAY, rhythm=rhythm) == datetime.date(*first)
    assert period_end(DAY, rhythm=rhythm) == datetime.date(*last)


def test_without_a_rhythm_nothing_is_judged() -> None:
    found = standing(rhythm="", held=[], today=DAY)
    assert (found.text, found.tone, found.due_on) == ("周期未设定", "unset", None)


def test_a_meeting_in_this_period_keeps_the_rhythm() -> None:
    kept = standing(rhythm=Rhythm.QUARTERLY, held=[datetime.date(2026, 4, 2)], today=DAY)
    missed = standing(rhythm=Rhythm.QUARTERLY, held=[datetime.date(2026, 3, 31)], today=DAY)
    assert kept.tone == "ok"
    assert (missed.tone, missed.due_on) == ("watch", datetime.date(2026, 6, 30))


def test_meetings_are_numbered_within_their_year() -> None:
    assert next_number(year=2026, numbers=["2025年第4次", "2026年第1次", "专题"]) == "2026年第2次"
    assert next_number(year=2027, numbers=["2026年第1次"]) == "2027年第1次"
    assert decision_number(meeting="2026年第2次", count=1) == "2026年第2次-2"


def test_a_printed_roster_becomes_posts_by_position() -> None:
    lines = roster_lines(
        [
            {"role": "组长", "name": "安某", "posts": ["市长"]},
            {"role": "办公室主任", "name": "贺云帆", "posts": ["市教育局局长", "市委委员"]},
            {"role": "顾问", "name": "秦书瑶", "posts": []},
            {"role": "成员", "name": "", "posts": ["空缺"]},
        ]
    )
    assert [line.role for line in lines] == [PostRole.LEADER, PostRole.DIRECTOR, PostRole.MEMBER]
    assert lines[1].position == "市教育局局长、市委委员"
    assert lines[2].position == "职位未写明"


def test_the_longest_department_name_wins() -> None:
    names = {"市教育局": 1, "市教育局督导室": 2, "": 3}
    assert unit_of("市教育局督导室主任", names=names) == 2
    assert unit_of("市教育局局长", names=names) == 1
    assert unit_of("县长", names=names) is None
