"""Exposure that minds capacity: nobody is shown to more than they could take (曝光均衡).

Each candidate gets a price that rises while it is shown too often and falls back when it is not;
lists are then the best by chance less price. It is the dual of filling lists under ceilings.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NOBODY = -1
SLACK = 2.0  # twice the share of places, because people look before they choose
ENOUGH = 0.82  # of the exposure beyond the room is taken away
ROUNDS, STEP = 120, 0.08  # the step is a share of the spread of chances


def exposure_room(*, capacities: Ints, slots: int, slack: float = SLACK) -> Floats:
    """How often each may be shown when ``slots`` places are shared by capacity (曝光额度)."""
    open_places = np.maximum(capacities, 0).astype(float)
    total = open_places.sum()
    if total == 0:
        return np.zeros(open_places.size)
    return np.ceil(slack * slots * open_places / total)


def over_capacity(*, shown: Ints, room: Floats) -> float:
    """The share of all showings that go beyond the room of who is shown (超额曝光率)."""
    counts = showings(shown, count=room.size)
    total = counts.sum()
    return float(np.maximum(counts - room, 0).sum() / total) if total else 0.0


def balanced(
    *, scores: Floats, candidates: Ints, room: Floats, k: int, enough: float = ENOUGH
) -> Ints:
    """The ``k`` to show in each row, best first, so that few are shown beyond their room.

    ``candidates`` holds positions into ``room``, one row for each list, ``-1`` for nobody. Prices
    rise gently until the share ``enough`` of the exposure beyond the room is gone; going on to the
    end would cost more than it is worth. There is never more of it than in the plain first ``k``.
    """
    scores = chances(np.where(candidates == NOBODY, -np.inf, scores))
    best = shown = first(scores, candidates, k=k)
    least = over_capacity(shown=best, room=room)
    aim = least * (1 - enough)
    prices, step = np.zeros(room.size + 1), STEP * spread(scores)
    for _ in range(ROUNDS):
        if least <= aim:
            break
        pressure = (showings(shown, count=room.size) - room) / np.maximum(room, 1)
        prices[:-1] = np.maximum(prices[:-1] + step * np.clip(pressure, -1, 1), 0)
        shown = first(scores - prices[candidates], candidates, k=k)
        over = over_capacity(shown=shown, room=room)
        if over < least:
            best, least = shown, over
    return best


def first(scores: Floats, candidates: Ints, *, k: int) -> Ints:
    """The best ``k`` of each row, in order; equal scores keep the order given."""
    order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return np.take_along_axis(candidates, order, axis=1)


def showings(shown: Ints, *, count: int) -> Ints:
    """How often each of ``count`` is shown."""
    return np.bincount(shown[shown != NOBODY], minlength=count)


def chances(scores: Floats) -> Floats:
    """How likely each of a list is the one who comes; nobody stays behind everybody.

    Prices in chances spare the heads of lists, where a partner is worth most.
    """
    top = scores.max(axis=1, keepdims=True, initial=-np.inf)
    weight = np.exp(scores - np.where(np.isfinite(top), top, 0))
    share = weight / np.maximum(weight.sum(axis=1, keepdims=True), np.finfo(float).tiny)
    return np.where(np.isneginf(scores), -np.inf, share)


def spread(scores: Floats) -> float:
    """The usual distance between the chances of a list."""
    known = scores[np.isfinite(scores)]
    return float(known.std()) or 1.0 if known.size else 1.0
