"""Random rounds, small enough to be checked pair by pair."""

from __future__ import annotations

import numpy as np
from silian_engines.matching.assignment.market import Market, make_market


def random_round(rng: np.random.Generator, *, most: int = 30) -> Market:
    """A round with up to ``most`` students; two in three have groups, reserves and ceilings."""
    students, posts = int(rng.integers(2, most)), int(rng.integers(1, 10))
    places, groups = int(rng.integers(1, 7)), int(rng.integers(0, 3))
    seats = rng.integers(0, 4, size=posts)
    rules = {}
    if groups:
        group = np.append(rng.integers(-1, groups, size=students - 1), groups - 1)
        rules = {
            "group": group,
            "reserved": reserves(rng, seats, groups),
            "ceilings": rng.integers(0, 4, size=(posts, groups)),
        }
    return make_market(
        wishes=rng.integers(-1, posts, size=(students, places)),
        points=rng.integers(0, 5, size=(students, places)),
        seats=seats,
        seed=int(rng.integers(1 << 30)),
        **rules,
    )


def reserves(rng: np.random.Generator, seats: np.ndarray, groups: int) -> np.ndarray:
    table = np.zeros((seats.size, groups), int)
    for post, left in enumerate(seats.tolist()):
        for group in range(groups):
            table[post, group] = rng.integers(0, left + 1)
            left -= int(table[post, group])
    return table
