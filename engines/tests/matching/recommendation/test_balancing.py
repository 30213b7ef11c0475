"""Balanced lists are still lists, and never put more exposure beyond capacity."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from silian_engines.matching.recommendation.balancing import (
    NOBODY,
    balanced,
    exposure_room,
    over_capacity,
    showings,
)


def random_lists(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Candidates with ties, gaps and few favourites; capacities with zeros."""
    rng = np.random.default_rng(seed)
    people, rows, width = int(rng.integers(3, 12)), int(rng.integers(1, 25)), 6
    order = np.array([rng.permutation(people) for _ in range(rows)])
    candidates = np.full((rows, width), NOBODY)
    candidates[:, : min(people, width)] = order[:, :width]
    candidates[rng.random(candidates.shape) < 0.15] = NOBODY
    scores = rng.integers(0, 5, size=candidates.shape) + 3.0 * (candidates == 0)
    k = int(rng.integers(1, 4))
    capacities = rng.integers(0, 4, size=people)
    return scores, candidates, exposure_room(capacities=capacities, slots=rows * k), k


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32 - 1))
def test_exposure_beyond_capacity_never_rises(seed: int) -> None:
    scores, candidates, room, k = random_lists(seed)
    plain = np.argsort(-np.where(candidates < 0, -np.inf, scores), axis=1, kind="stable")[:, :k]
    before = over_capacity(shown=np.take_along_axis(candidates, plain, axis=1), room=room)
    after = balanced(scores=scores, candidates=candidates, room=room, k=k)
    assert over_capacity(shown=after, room=room) <= before


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32 - 1))
def test_each_list_shows_its_own_candidates_once_and_as_many_as_before(seed: int) -> None:
    scores, candidates, room, k = random_lists(seed)
    shown = balanced(scores=scores, candidates=candidates, room=room, k=k)
    for row, possible in zip(shown.tolist(), candidates.tolist(), strict=True):
        named = [one for one in row if one != NOBODY]
        assert len(set(named)) == len(named)
        assert set(named) <= set(possible)
        assert len(named) == min(k, sum(one != NOBODY for one in possible))


def test_lists_stay_as_they_are_while_everybody_has_room() -> None:
    scores, candidates = np.array([[3.0, 2, 1], [1, 2, 3]]), np.array([[0, 1, 2], [0, 1, 2]])
    shown = balanced(scores=scores, candidates=candidates, room=np.full(3, 5.0), k=2)
    assert shown.tolist() == [[0, 1], [2, 1]]


def test_a_favourite_steps_back_for_those_who_lose_least_by_it() -> None:
    scores = np.array([[9.0, 1], [9, 8.5], [9, 8.8], [9, 2]])
    candidates = np.tile([0, 1], (4, 1))
    shown = balanced(scores=scores, candidates=candidates, room=np.array([2.0, 2.0]), k=1)
    assert shown[:, 0].tolist() == [0, 1, 1, 0]


def test_room_is_shared_by_places_and_nobody_full_has_any() -> None:
    room = exposure_room(capacities=np.array([3, 1, 0]), slots=40, slack=2.0)
    assert room.tolist() == [60, 20, 0]
    assert exposure_room(capacities=np.zeros(2, int), slots=40).tolist() == [0, 0]
    assert showings(np.array([[0, NOBODY], [0, 2]]), count=3).tolist() == [2, 0, 1]
