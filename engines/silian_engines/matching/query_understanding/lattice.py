"""The cheapest way to read a run of characters as words (最短路)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Characters from ``start`` to ``end`` read as a word, and at what price."""

    start: int
    end: int
    word: str
    how: str
    cost: float
    touched: tuple[int, ...] = ()


def cheapest_path(
    *, length: int, readings_from: Callable[[int], Iterable[Reading]]
) -> list[Reading] | None:
    """The readings that cover the whole run at the least cost, or None when none do."""
    costs: list[float | None] = [0.0, *([None] * length)]
    arrived: list[Reading | None] = [None] * (length + 1)
    for start in range(length):
        so_far = costs[start]
        if so_far is None:
            continue
        for reading in readings_from(start):
            known = costs[reading.end]
            if known is None or so_far + reading.cost < known:
                costs[reading.end] = so_far + reading.cost
                arrived[reading.end] = reading
    return _walked_back(arrived, length)


def _walked_back(arrived: list[Reading | None], length: int) -> list[Reading] | None:
    path: list[Reading] = []
    place = length
    while place:
        reading = arrived[place]
        if reading is None:
            return None
        path.append(reading)
        place = reading.start
    return path[::-1]
