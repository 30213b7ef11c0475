"""What may be kept of a search, and when a term may be told."""

from __future__ import annotations

import datetime

import pytest

from silian.operations.exchange.rules.search_tally import (
    Question,
    missed_terms,
    occupations_asked,
    tallies_of,
    terms_of,
)
from silian.operations.exchange.rules.search_words import kept_words

DAY = datetime.date(2026, 3, 18)
EAST = ("990000", "990100", "990104")
WEST = ("990000", "990100", "990105")
FAR = ("990000", "990200", "990202")


def asked(askers: str, *, path: tuple[str, ...] = EAST, term: str = "磨床", found: bool = False,
          day: datetime.date = DAY, occupation: str = "") -> list[Question]:  # fmt: skip
    return [
        Question(day=day, asker=asker, term=term, path=path, found=found, occupation=occupation)
        for asker in askers
    ]


def told(questions: list[Question]) -> dict[tuple[str, str], int]:
    return {(one.division, one.term): one.searches for one in tallies_of(questions)}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  数控 车工\n实习 ", "数控 车工 实习"),
        ("张三 13800001111 车工", "张三 车工"),
        ("１３８００００１１１１", ""),
        ("联系 zhang@example.com", "联系"),
        ("五轴 2026 年", "五轴 2026 年"),
        ("车", ""),
        ("磨\x00床", "磨床"),
    ],
)
def test_numbers_and_addresses_of_people_are_not_kept(typed: str, kept: str) -> None:
    assert kept_words(typed) == kept


def test_words_in_another_order_are_the_same_term() -> None:
    terms = terms_of({"数控 实习": 2, "实习 数控": 5, "数控的实习": 1})
    assert set(terms.values()) == {"实习 数控"}


def test_five_askers_of_a_county_make_a_term_tellable() -> None:
    assert told(asked("abcde")) == {("990104", "磨床"): 5}


def test_four_askers_are_counted_without_the_term() -> None:
    assert told(asked("abcd")) == {("990104", ""): 4}


def test_too_few_in_two_counties_count_for_their_city() -> None:
    assert told(asked("abc") + asked("def", path=WEST)) == {("990100", "磨床"): 6}


def test_too_few_in_two_cities_count_for_the_province() -> None:
    assert told(asked("abc") + asked("def", path=FAR)) == {("990000", "磨床"): 6}


def test_a_county_with_enough_keeps_its_own_and_the_few_beside_it_stay_untold() -> None:
    assert told(asked("abcde") + asked("xy", path=WEST)) == {
        ("990104", "磨床"): 5,
        ("990105", ""): 2,
    }


def test_one_persistent_asker_is_one_asker() -> None:
    days = [DAY - datetime.timedelta(days=back) for back in range(9)]
    questions = [one for day in days for one in asked("a", day=day)]
    assert {one.term for one in tallies_of(questions)} == {""}


def test_whoever_finds_it_later_that_day_did_not_miss_it() -> None:
    questions = asked("abcde") + asked("ab", found=True)
    [tally] = tallies_of(questions)
    assert (tally.searches, tally.missed) == (5, 3)


def test_a_term_is_missed_only_when_enough_askers_found_nothing() -> None:
    assert not missed_terms(asked("abcd") + asked("efghi", found=True))
    [missed] = missed_terms(asked("abcde") + asked("fg", found=True))
    assert (missed.term, missed.missed, missed.askers) == ("磨床", 5, 5)


def test_the_occupation_is_the_one_most_askers_chose() -> None:
    questions = asked("abc", occupation="6-18-01-05") + asked("d")
    assert occupations_asked(questions) == {"磨床": "6-18-01-05"}
    assert not occupations_asked(asked("a", occupation="6-18-01-05") + asked("bcd"))
