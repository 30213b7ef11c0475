"""Rules of signing, without a data base."""

from __future__ import annotations

import datetime

import pytest

from silian.casework.agreements.rules.paper import paper_lines
from silian.casework.agreements.rules.signing import (
    last_moment_to_sign,
    masked_party,
    reason_dated_back,
    reason_not_signable,
    same_person,
    tail_of,
)

ZONE = datetime.timezone(datetime.timedelta(hours=8))
NOW = datetime.datetime(2026, 3, 18, 9, tzinfo=ZONE)
FACTS = {
    "agreed_sha256": "a" * 64,
    "sha256": "a" * 64,
    "waiting_before": 0,
    "now": NOW,
    "sign_by": NOW + datetime.timedelta(days=1),
    "is_base": True,
    "before_start": True,
    "starts_on": datetime.date(2026, 5, 6),
    "today": NOW.date(),
}


def test_what_is_in_order_may_be_signed() -> None:
    assert reason_not_signable(**FACTS) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"agreed_sha256": "b" * 64}, "不一致"),
        ({"agreed_sha256": ""}, "不一致"),
        ({"waiting_before": 2}, "还有 2 方"),
        ({"sign_by": NOW}, "期限已过"),
        ({"starts_on": datetime.date(2026, 3, 17)}, "已经过去"),
        ({"starts_on": datetime.date(2026, 3, 18)}, "之前签齐"),
    ],
)
def test_one_change_makes_it_unsignable(change: dict[str, object], words: str) -> None:
    assert words in (reason_not_signable(**{**FACTS, **change}) or "")  # type: ignore[arg-type]


def test_a_change_signed_late_is_not_refused_for_its_day() -> None:
    late = {**FACTS, "is_base": False, "starts_on": datetime.date(2026, 3, 1)}
    assert reason_not_signable(**late) is None  # type: ignore[arg-type]


def test_other_kinds_may_start_on_the_day_of_signing() -> None:
    today = datetime.date(2026, 3, 18)
    assert reason_dated_back(before_start=False, starts_on=today, today=today) is None


def test_signing_closes_before_the_first_day() -> None:
    due = NOW + datetime.timedelta(days=30)
    closes = last_moment_to_sign(
        due_at=due,
        starts_on=datetime.date(2026, 3, 20),
        is_base=True,
        before_start=True,
        zone=ZONE,
    )
    assert closes == datetime.datetime(2026, 3, 20, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("name", "last_four", "same"),
    [
        ("顾小南", "0234", True),
        ("顾 小 南", " 0234 ", True),
        ("顾小南", "002x", True),
        ("顾小北", "0234", False),
        ("顾小南", "1234", False),
        ("顾小南", "", False),
    ],
)
def test_name_and_last_four_are_both_asked(name: str, last_four: str, same: bool) -> None:
    known = {"known_name": "顾小南", "known_tails": ["0234", "002X"]}
    assert same_person(name=name, last_four=last_four, **known) is same  # type: ignore[arg-type]


def test_nothing_on_the_register_confirms_nobody() -> None:
    assert not same_person(name="", last_four="", known_name="", known_tails=[])


def test_a_mask_gives_its_last_four_only_when_they_show() -> None:
    assert tail_of("139****0234") == "0234"
    assert tail_of("******") == ""
    assert tail_of("12") == ""


def test_names_are_masked_for_strangers() -> None:
    assert masked_party("顾小南", is_person=True) == "顾＊南"
    assert masked_party("顾南", is_person=True) == "顾＊"
    assert masked_party("启衡精密制造（演示）", is_person=False) == "启衡＊＊＊＊制造"


def test_only_changed_words_are_marked() -> None:
    before = "协议\n第一条　报酬\n每月 3,200 元，月底付清。\n"
    after = "协议\n第一条　报酬\n每月 3,400 元，月底付清。\n"
    heading, line = paper_lines(after, before=before)
    assert heading.is_heading
    assert [(piece.text, piece.is_gone, piece.is_new) for piece in line.pieces] == [
        ("每月 ", False, False),
        ("3,200", True, False),
        ("3,400", False, True),
        (" 元，月底付清。", False, False),
    ]


def test_lines_that_went_are_shown_too() -> None:
    lines = paper_lines("协议\n甲\n", before="协议\n甲\n乙乙乙乙\n")
    assert lines[-1].pieces[0].is_gone
