"""After each single change the assignment is stable again, and the moves say what changed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from silian_engines.matching.assignment.checking import blocking_pairs, faults
from silian_engines.matching.assignment.market import NO_POST, Market, make_market
from silian_engines.matching.assignment.resolving import Adjustable, Move
from silian_engines.matching.assignment.solving import assign

from .rounds import random_round


def change(rng: np.random.Generator, live: Adjustable, wishes: np.ndarray) -> list[Move]:
    """One random change, written into ``wishes`` as well."""
    student, post = int(rng.integers(wishes.shape[0])), int(rng.integers(live.market.posts))
    kind = rng.integers(0, 4)
    if kind == 0:
        wishes[student] = NO_POST
        return live.withdraw(student)
    if kind == 1:
        return live.add_seat(post)
    if kind == 2:
        spare = live.market.seats[post] - live.market.reserved[post].sum()
        return live.remove_seat(post) if spare > 0 else []
    named = [wish for wish in wishes[student].tolist() if wish != NO_POST]
    if not named:
        return []
    post = int(rng.choice(named))
    moves = live.refuse(student, post)
    wishes[student][wishes[student] == post] = NO_POST
    return moves


def as_it_stands(market: Market, live: Adjustable, wishes: np.ndarray) -> Market:
    """The round after the changes, with the wishes moved up."""
    rows, points = [], []
    for row, given_points in zip(wishes.tolist(), market.points.tolist(), strict=True):
        made = [(w, p) for w, p in zip(row, given_points, strict=True) if w != NO_POST]
        gap = len(row) - len(made)
        rows.append([w for w, _ in made] + [NO_POST] * gap)
        points.append([p for _, p in made] + [0] * gap)
    return replace(
        market,
        wishes=np.array(rows, np.int32),
        points=np.array(points, np.int32),
        seats=live.market.seats,
    )


@given(seed=st.integers(0, 2**32 - 1))
def test_each_change_ends_stable_and_is_told(seed: int) -> None:
    rng = np.random.default_rng(seed)
    market = random_round(rng)
    live, wishes = Adjustable(assign(market)), market.wishes.copy()
    for _ in range(4):
        before = live.posts.tolist()
        moves = change(rng, live, wishes)
        after = live.posts.tolist()
        told = {move.student: (move.before, move.after) for move in moves}
        pairs = enumerate(zip(before, after, strict=True))
        assert told == {s: (was, now) for s, (was, now) in pairs if was != now}
        now = as_it_stands(market, live, wishes)
        assert faults(now, post=after) == []
        assert blocking_pairs(now, post=after) == []


def test_a_freed_seat_passes_down_the_chain() -> None:
    market = make_market(
        wishes=[[0, -1], [0, 1], [1, -1]],
        points=[[9, 0], [5, 9], [3, 0]],
        seats=[1, 1],
        seed=1,
    )
    live = Adjustable(assign(market))
    assert live.posts.tolist() == [0, 1, NO_POST]
    assert live.withdraw(0) == [Move(0, 0, NO_POST), Move(1, 1, 0), Move(2, NO_POST, 1)]


def test_a_post_without_seats_loses_none() -> None:
    market = make_market(wishes=[[0]], points=[[1]], seats=[0], seed=1)
    assert Adjustable(assign(market)).remove_seat(0) == []
