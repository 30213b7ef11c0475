"""Array counterparts of the functions of one case (数组运算): 64-bit whole numbers only."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
NOT_COMPUTABLE = -1


def select(test: Any, yes: Any, no: Any) -> Any:
    """The first where true, else the second."""
    return no + (yes - no) * test


def ratio(part: Any, whole: Any) -> Array:
    """Ten-thousandths, half up; -1 where there is no whole."""
    part, whole = np.asarray(part), np.asarray(whole)
    safe = np.where(whole > 0, whole, 1)
    return np.where(whole > 0, (part * 20_000 + safe) // (safe * 2), NOT_COMPUTABLE)


def totals(values: Any, offsets: Array) -> Array:
    """Sums over the members of each case; wrapped intermediate sums still differ exactly."""
    counts = np.diff(offsets)
    if np.ndim(values) == 0:
        return counts * values
    running = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(values, out=running[1:])
    return running[offsets[1:]] - running[offsets[:-1]]


def shift_years(days: Any, years: Any) -> Array:
    """The same calendar day some years on; 29 February becomes 28 February."""
    dates = (np.asarray(days) - _EPOCH).astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    inside = (dates - months.astype("datetime64[D]")).astype(np.int64)
    moved = months + np.asarray(years) * np.timedelta64(12, "M")
    length = ((moved + 1).astype("datetime64[D]") - moved.astype("datetime64[D]")).astype(np.int64)
    start = moved.astype("datetime64[D]").astype(np.int64)
    return start + np.minimum(inside, length - 1) + _EPOCH


_EPOCH = 719_163  # date(1970, 1, 1).toordinal()


def covered(first_days: Array, last_days: Array, offsets: Array, first: Any, last: Any) -> Array:
    """Days of each case's window that any of its records covers."""
    starts, ends, reach, _ = _sorted_spans(first_days, last_days, offsets, first, last)
    return totals(np.maximum(0, ends - np.maximum(starts, reach)), offsets)


def longest(first_days: Array, last_days: Array, offsets: Array, first: Any, last: Any) -> Array:
    """Days of the longest unbroken stretch in each case's window."""
    starts, ends, reach, owner = _sorted_spans(first_days, last_days, offsets, first, last)
    best = np.zeros(len(offsets) - 1, dtype=np.int64)
    if len(starts) == 0:
        return best
    opens = np.flatnonzero(starts > reach)
    stretch_ends = np.maximum.reduceat(ends, opens)
    np.maximum.at(best, owner[opens], stretch_ends - starts[opens])
    return best


def _sorted_spans(
    first_days: Array, last_days: Array, offsets: Array, first: Any, last: Any
) -> tuple[Array, Array, Array, Array]:
    """Spans cut to the window, sorted by case and start, each case on its own stretch of line."""
    counts = np.diff(offsets)
    owner = np.repeat(np.arange(len(counts)), counts)
    starts = np.maximum(first_days, _spread(first, counts))
    ends = np.maximum(np.minimum(last_days, _spread(last, counts)) + 1, starts)
    order = np.lexsort((starts, owner))
    owner = owner[order]
    apart = owner * 10_000_000
    starts, ends = starts[order] + apart, ends[order] + apart
    reach = np.empty_like(ends)
    if len(ends):
        reach[0] = -1
        np.maximum.accumulate(ends[:-1], out=reach[1:])
    return starts, ends, reach, owner


def _spread(value: Any, counts: Array) -> Any:
    return value if np.ndim(value) == 0 else np.repeat(value, counts)


FUNCTIONS: dict[str, Any] = {
    "minimum": np.minimum,
    "maximum": np.maximum,
    "select": select,
    "logical_and": np.logical_and,
    "logical_or": np.logical_or,
    "logical_not": np.logical_not,
    "array": np.array,
    "ratio": ratio,
    "totals": totals,
    "shift_years": shift_years,
    "covered": covered,
    "longest": longest,
}
