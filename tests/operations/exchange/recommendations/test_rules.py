"""The order of recommendations, without a database."""

from __future__ import annotations

import datetime

import pytest

from silian.operations.exchange.rules.matching_facts import Side, is_telling, match_facts
from silian.operations.exchange.rules.recommendations import (
    LEARNED_POINTS,
    LEAST_ROOM,
    MOST_ROOM,
    SHOWN_FIRST,
    Judged,
    RecommendationRow,
    Standing,
    feedback_points,
    headline,
    ordered,
    room_for,
    with_learning,
)
from silian.operations.exchange.rules.trade_terms import rarity, telling_terms, trade_terms
from silian.operations.exchange.rules.value_added_service import reason_address_unfit

DAY = datetime.date(2026, 3, 1)


def row(own: int, other: int, score: float = 5.0) -> RecommendationRow:
    return RecommendationRow(own_id=own, other_id=other, score=score)


def everybody(*ids: int, **values: object) -> dict[int, Standing]:
    return {one: Standing(**values) for one in ids}  # type: ignore[arg-type]


def listed(rows: list[RecommendationRow], standing: dict[int, Standing], *, own: int) -> list[int]:
    found = [place for place in ordered(rows, standing=standing).ranked if place.own_id == own]
    return [place.other_id for place in sorted(found, key=lambda place: place.rank)]


def test_what_both_sides_want_stands_before_what_one_side_wants() -> None:
    rows = [row(1, 10), row(1, 11), row(10, 1)]
    assert listed(rows, everybody(1, 10, 11), own=1) == [10, 11]


def test_among_equals_who_published_first_stands_first() -> None:
    standing = {
        1: Standing(),
        10: Standing(first_published_on=DAY),
        11: Standing(first_published_on=DAY - datetime.timedelta(days=1)),
    }
    assert listed([row(1, 10), row(1, 11)], standing, own=1) == [11, 10]


def test_a_listing_without_standing_is_not_recommended() -> None:
    assert listed([row(1, 10), row(1, 11)], everybody(1, 10), own=1) == [10]


def test_a_listing_with_room_for_two_is_shown_first_to_two() -> None:
    owns = range(1, 31)
    rows = [row(own, 100, 9.0) for own in owns]
    rows += [row(own, other) for own in owns for other in range(200, 210)]
    standing = {**everybody(*owns, *range(200, 210), room=1000), 100: Standing(room=2)}
    spread = ordered(rows, standing=standing)
    first = [p for p in spread.ranked if p.other_id == 100 and p.rank <= SHOWN_FIRST]
    assert len(first) == 2
    assert (spread.over_before, spread.over_after) == (28, 0)
    assert sum(place.other_id == 100 for place in spread.ranked) == 30, "it only steps back"
    assert {place.moved for place in spread.ranked if place.other_id == 100} == {0, SHOWN_FIRST}


def test_the_last_first_place_goes_to_a_new_listing() -> None:
    others = range(10, 20)
    rows = [row(1, other, 9.0 - other / 100) for other in others] + [row(1, 50, 1.0)]
    standing = {**everybody(1, *others), 50: Standing(is_new=True)}
    assert listed(rows, standing, own=1).index(50) == SHOWN_FIRST - 1


def test_learning_changes_the_order_of_a_list_and_no_more_than_its_points() -> None:
    rows = [row(1, 10, 6.0), row(1, 11, 6.0), row(2, 12, 6.0)]
    moved = with_learning(rows, learned={(1, 10): -3.0, (1, 11): 5.0})
    assert moved[0].score < 6.0 < moved[1].score <= 6.0 + LEARNED_POINTS
    assert moved[2] == rows[2], "nothing is known of it"


def test_what_was_found_to_suit_gains_and_its_publisher_a_little() -> None:
    said = Judged(organisation_id=7, listing_id=10, publisher_id=3, kind="job", suits=True)
    points = feedback_points([said])
    assert points[7, "listing", 10] > points[7, "job", 3] > 0
    assert (8, "listing", 10) not in points, "nobody judges for others"


@pytest.mark.parametrize(
    ("left", "unanswered", "room"),
    [(1, 0, LEAST_ROOM), (10, 0, 50), (10, 45, 5), (10, 80, 0), (9_000, 0, MOST_ROOM)],
)
def test_room_follows_the_places_left_and_the_silent(left: int, unanswered: int, room: int) -> None:
    assert room_for(capacity_left=left, unanswered=unanswered) == room


def test_place_and_number_alone_are_no_reason() -> None:
    near = Side(division="990104", division_name="高新区", quantity=3, unit="人")
    assert not is_telling(match_facts(need=near, offer=near))
    same_trade = Side(division="990104", division_name="高新区", chain="高端装备")
    facts = match_facts(need=same_trade, offer=same_trade)
    assert is_telling(facts)
    assert headline(facts) == "为什么推荐：2 项全部符合"


def test_numbers_of_different_things_are_not_compared() -> None:
    hours, people = Side(quantity=8, unit="机时"), Side(quantity=9, unit="人")
    assert match_facts(need=hours, offer=people) == []


def test_titles_share_words_of_the_trade_and_not_words_of_all_titles() -> None:
    problem, result = trade_terms("薄壁铝件五轴加工变形控制"), trade_terms("一种薄壁件真空夹具")
    assert problem & result == {"薄壁"}
    assert trade_terms("招聘操作工 12 人，提供培训") == frozenset()


def test_of_a_text_only_the_words_count_that_few_listings_hold() -> None:
    held = {"猪舍": 3.0, "数控": 900.0}
    telling = telling_terms(
        "求解", "猪舍温控和数控改造", held_by=lambda word: held.get(word, 999.0), of=2_500
    )
    assert telling == {"猪舍"}
    assert "数控" in telling_terms("数控", "", held_by=lambda word: 900.0, of=2_500)


def test_the_rarer_a_word_the_more_it_adds_and_never_beyond_three_digits() -> None:
    assert rarity(held_by=2, of=2_500) > rarity(held_by=80, of=2_500) > 0
    assert rarity(held_by=1, of=10**9) == 999
    assert rarity(held_by=5, of=0) == 0


def test_two_shared_words_are_reason_enough_and_one_is_not() -> None:
    one, two = Side(terms=frozenset({"猪舍"})), Side(terms=frozenset({"猪舍", "工程测量", "测量"}))
    assert not is_telling(match_facts(need=one, offer=two))
    facts = match_facts(need=two, offer=two)
    assert is_telling(facts)
    assert [fact.text for fact in facts] == ["内容：双方都提到工程测量、猪舍"]


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("/exchange/", True),
        ("https://example.com/a", True),
        ("//example.com/", False),
        ("/\\example.com", False),
        ("http://example.com/", False),
        ("javascript:alert(1)", False),
        ("https://user@example.com/", False),
    ],
)
def test_a_service_leads_to_this_site_or_over_https(address: str, fits: bool) -> None:
    assert (reason_address_unfit(address) is None) is fits
