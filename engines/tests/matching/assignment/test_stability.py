"""Every result is allowed, stable, best for students, and independent of the way it is found."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from silian_engines.matching.assignment import solving
from silian_engines.matching.assignment.checking import blocking_pairs, faults
from silian_engines.matching.assignment.market import NO_POST, Market, UnfitMarket, make_market
from silian_engines.matching.assignment.solving import assign

from .rounds import random_round


@given(seed=st.integers(0, 2**32 - 1))
def test_a_result_is_allowed_and_stable(seed: int) -> None:
    market = random_round(np.random.default_rng(seed))
    post = assign(market).post.tolist()
    assert faults(market, post=post) == []
    assert blocking_pairs(market, post=post) == []


@given(seed=st.integers(0, 2**32 - 1))
def test_arrays_and_loop_agree(seed: int) -> None:
    market = random_round(np.random.default_rng(seed))
    with pytest.MonkeyPatch.context() as patch:
        results = []
        for one_by_one in (0, 4, 10**9):
            patch.setattr(solving, "ONE_BY_ONE", one_by_one)
            results.append(assign(market).post.tolist())
    assert results[0] == results[1] == results[2]


def every_assignment(market: Market) -> list[list[int]]:
    options = [sorted({NO_POST, *row}) for row in market.wishes.tolist()]
    return [list(found) for found in itertools.product(*options)]


@given(seed=st.integers(0, 2**32 - 1))
def test_no_stable_assignment_is_better_for_any_student(seed: int) -> None:
    market = random_round(np.random.default_rng(seed), most=5)
    mine = assign(market)
    for other in every_assignment(market):
        if faults(market, post=other) or blocking_pairs(market, post=other):
            continue
        for student, post in enumerate(other):
            wishes = market.wishes[student].tolist()
            rank = wishes.index(post) if post != NO_POST else market.places
            assert rank >= mine.place[student]


def test_the_checker_finds_a_pair_that_would_leave() -> None:
    market = make_market(wishes=[[0, 1], [0, 1]], points=[[9, 9], [1, 1]], seats=[1, 1], seed=1)
    assert assign(market).post.tolist() == [0, 1]
    swapped = blocking_pairs(market, post=[1, 0])
    assert [(pair.student, pair.post) for pair in swapped] == [(0, 0)]


def test_reserved_seats_go_first_to_their_group_and_then_to_everybody() -> None:
    points = [[9], [8], [1]]
    facts = {"wishes": [[0], [0], [0]], "points": points, "seats": [2], "seed": 1}
    county = make_market(**facts, group=[-1, -1, 0], reserved=[[1]], ceilings=[[2]])  # type: ignore[arg-type]
    nobody = make_market(**facts, group=[-1, -1, -1])  # type: ignore[arg-type]
    assert assign(county).post.tolist() == [0, NO_POST, 0]
    assert assign(nobody).post.tolist() == [0, 0, NO_POST]


def test_a_ceiling_holds_though_seats_are_free() -> None:
    market = make_market(
        wishes=[[0], [0]],
        points=[[5], [9]],
        seats=[5],
        seed=1,
        group=[0, 0],
        reserved=[[0]],
        ceilings=[[1]],
    )
    assert assign(market).post.tolist() == [NO_POST, 0]


def test_equal_points_are_decided_by_the_published_seed() -> None:
    facts = {"wishes": [[0]] * 20, "points": [[7]] * 20, "seats": [5]}
    results = [assign(make_market(**facts, seed=seed)).post.tolist() for seed in (1, 1, 2)]  # type: ignore[arg-type]
    assert results[0] == results[1] != results[2]


def test_a_post_named_twice_counts_once() -> None:
    market = make_market(wishes=[[2, 2, 0, -1, 0]], points=[[1] * 5], seats=[1, 1, 1], seed=1)
    assert market.wishes.tolist() == [[2, 0, -1, -1, -1]]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"wishes": [[5]]}, "不存在的岗位"),
        ({"points": [[1, 2]]}, "行列数不一致"),
        ({"points": [[-1]]}, "0 到 1,048,575"),
        ({"seats": [-1]}, "不能是负数"),
        ({"group": [0, 1]}, "学生人数不一致"),
        ({"group": [0], "reserved": [[2]], "ceilings": [[2]]}, "第 1 个岗位的预留名额多于名额"),
        ({"group": [0], "reserved": [[0, 0]]}, "岗位数 × 组别数"),
        ({"group": [0], "ceilings": [[-1]]}, "不能是负数"),
    ],
)
def test_unfit_rounds_are_refused_in_words(change: dict, sentence: str) -> None:
    facts = {"wishes": [[0]], "points": [[1]], "seats": [1], "seed": 1, **change}
    with pytest.raises(UnfitMarket, match=sentence):
        make_market(**facts)  # type: ignore[arg-type]


def test_a_round_without_wishes_assigns_nobody() -> None:
    market = make_market(wishes=[[-1, -1]], points=[[0, 0]], seats=[3], seed=1)
    assert assign(market).post.tolist() == [NO_POST]
