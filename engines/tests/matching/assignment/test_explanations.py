"""Each student reads what they got and what decided every wish above it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from silian_engines.matching.assignment.explaining import Reason, explain
from silian_engines.matching.assignment.market import NO_POST, make_market
from silian_engines.matching.assignment.optimum import cheapest
from silian_engines.matching.assignment.solving import assign

from .rounds import random_round


def test_points_decide_and_are_named() -> None:
    market = make_market(wishes=[[0, 1], [0, -1]], points=[[70, 80], [90, 0]], seats=[1, 1], seed=1)
    told = explain(assign(market), student=0)
    assert told.sentence == "分配到您的第 2 志愿。"
    missed = told.missed[0].sentence
    assert missed == "第 1 志愿：名额 1 个，2 人报名，您排第 2；您 70 分，末位录取者 90 分。"


def test_reserves_ceilings_lottery_and_empty_posts_are_told_apart() -> None:
    market = make_market(
        wishes=[[0], [0], [1], [1], [2], [2], [3]],
        points=[[9], [1], [9], [5], [7], [7], [5]],
        seats=[1, 2, 1, 0],
        seed=3,
        group=[-1, 0, 0, 0, -1, -1, -1],
        reserved=[[1], [0], [0], [0]],
        ceilings=[[1], [1], [1], [1]],
    )
    done = assign(market)
    unmet = np.flatnonzero(done.post == NO_POST).tolist()
    reasons = {s: explain(done, student=s).missed[0].reason for s in unmet}
    assert reasons[0] is Reason.RESERVED
    assert reasons[3] is Reason.CEILING
    assert Reason.LOTTERY in {reasons.get(4), reasons.get(5)}
    assert reasons[6] is Reason.NO_SEATS
    assert "抽签顺序" in " ".join(explain(done, student=s).missed[0].because for s in unmet)


@given(seed=st.integers(0, 2**32 - 1))
def test_everybody_can_be_told(seed: int) -> None:
    market = random_round(np.random.default_rng(seed))
    done = assign(market)
    for student in range(market.students):
        told = explain(done, student=student)
        assert told.post == done.post[student]
        assert all(missed.sentence.endswith("。") for missed in told.missed)


@given(seed=st.integers(0, 2**32 - 1))
def test_the_cheapest_places_as_many_as_any_and_costs_no_more(seed: int) -> None:
    rng = np.random.default_rng(seed)
    students, posts = int(rng.integers(2, 9)), int(rng.integers(1, 6))
    market = make_market(
        wishes=rng.integers(-1, posts, size=(students, 3)),
        points=np.zeros((students, 3), int),
        seats=rng.integers(0, 3, size=posts),
        seed=1,
    )
    costs = np.tile(np.arange(3), (students, 1)).astype(np.int32)
    best, stable = cheapest(market, costs=costs), assign(market).post
    assert (best != NO_POST).sum() >= (stable != NO_POST).sum()
    assert (np.bincount(best[best >= 0], minlength=posts) <= market.seats).all()
    if (best != NO_POST).sum() == (stable != NO_POST).sum():
        assert cost(market.wishes, best) <= cost(market.wishes, stable)


def cost(wishes: np.ndarray, post: np.ndarray) -> int:
    rows = zip(wishes.tolist(), post.tolist(), strict=True)
    return sum(row.index(got) for row, got in rows if got != NO_POST)
