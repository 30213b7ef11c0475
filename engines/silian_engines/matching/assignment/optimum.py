"""The assignment of least total cost, for rounds without ranking by the posts (最小费用分配).

Used to compare what stability costs, and where the school alone decides. Every student who can
get a seat gets one; among those assignments the sum of costs is least.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]
from scipy.sparse import csr_array  # type: ignore[import-untyped]
from scipy.sparse.csgraph import (  # type: ignore[import-untyped]
    min_weight_full_bipartite_matching,
)

from silian_engines.matching.assignment.market import NO_POST, Ints, Market

DENSE_CELLS = 4_000_000


def cheapest(market: Market, *, costs: Ints) -> Ints:
    """The post of each student, or ``-1``; ``costs[s, r]`` is what wish ``r`` costs, 0 or more.

    Reserves and ceilings are not considered.
    """
    if (costs < 0).any():
        raise ValueError("费用不能是负数")
    student, rank = np.nonzero(market.wishes != NO_POST)
    post = market.wishes[student, rank]
    first = np.concatenate(([0], np.cumsum(market.seats)))
    seats = market.seats[post]
    edge = np.repeat(np.arange(student.size), seats)
    step = np.arange(edge.size) - np.repeat(np.cumsum(seats) - seats, seats)
    column = first[post[edge]] + step
    unplaced = int(first[-1]) + np.arange(market.students)
    heavy = int(costs.max(initial=0) + 1) * (market.students + 1)
    rows = np.concatenate((student[edge], np.arange(market.students)))
    columns = np.concatenate((column, unplaced))
    weights = np.concatenate((costs[student, rank][edge] + 1, np.full(market.students, heavy)))
    seat = seats_of(rows, columns, weights.astype(np.float64), students=market.students)
    post_of_seat = np.append(np.repeat(np.arange(market.posts), market.seats), NO_POST)
    return post_of_seat[np.minimum(seat, first[-1])].astype(np.int32)


def seats_of(rows: np.ndarray, columns: np.ndarray, weights: np.ndarray, *, students: int) -> Ints:
    """The column matched to each row at least weight."""
    width = int(columns.max(initial=0)) + 1
    if students * width <= DENSE_CELLS:
        table = np.full((students, width), weights.max(initial=1.0) * (students + 1))
        np.minimum.at(table, (rows, columns), weights)
        return linear_sum_assignment(table)[1].astype(np.int32)
    graph = csr_array((weights, (rows, columns)), shape=(students, width))
    return min_weight_full_bipartite_matching(graph)[1].astype(np.int32)
