"""Array counterparts of the functions of one case (数组运算): 64-bit whole numbers only."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
NOT_COMPUTABLE = -1
_FOREVER = 10_000_000


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
    return shift_months(days, np.asarray(years) * 12)


def shift_months(days: Any, months: Any) -> Array:
    """The same calendar day some months on; the last day of a shorter month."""
    dates = (np.asarray(days) - _EPOCH).astype("datetime64[D]")
    first = dates.astype("datetime64[M]")
    inside = (dates - first.astype("datetime64[D]")).astype(np.int64)
    moved = first + np.asarray(months).astype("timedelta64[M]")
    length = ((moved + 1).astype("datetime64[D]") - moved.astype("datetime64[D]")).astype(np.int64)
    start = moved.astype("datetime64[D]").astype(np.int64)
    return start + np.minimum(inside, length - 1) + _EPOCH


def whole_months(first: Any, end: Any) -> Array:
    """How many whole calendar months lie in [first, end)."""
    one, other = (_month_of(day) for day in (first, end))
    months = other - one
    return np.maximum(0, months - (shift_months(first, months) > end))


def _month_of(days: Any) -> Array:
    dates = (np.asarray(days) - _EPOCH).astype("datetime64[D]")
    months: Array = dates.astype("datetime64[M]").astype(np.int64)
    return months


_EPOCH = 719_163  # date(1970, 1, 1).toordinal()


def covered(first_days: Array, last_days: Array, offsets: Array, first: Any, last: Any) -> Array:
    """Days of each case's window that any of its records covers."""
    starts, ends, reach, _ = _sorted_spans(first_days, last_days, offsets, first, last)
    return totals(np.maximum(0, ends - np.maximum(starts, reach)), offsets)


def earliest(values: Array, offsets: Array) -> Array:
    """The smallest value among the members of each case; every case has a member."""
    result: Array = np.minimum.reduceat(values, offsets[:-1])
    return result


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
    apart = owner * _FOREVER
    starts, ends = starts[order] + apart, ends[order] + apart
    reach = np.empty_like(ends)
    if len(ends):
        reach[0] = -1
        np.maximum.accumulate(ends[:-1], out=reach[1:])
    return starts, ends, reach, owner


def _spread(value: Any, counts: Array) -> Any:
    return value if np.ndim(value) == 0 else np.repeat(value, counts)


Lists = tuple[Array, Array, Array]  # first days, ends, offsets


def counted(stays: Lists, breaks: Lists | None = None, least: Any = 1) -> Array:
    """Days of half-open stays, without the breaks that last at least so many days."""
    _, _, lengths, offsets = _served(stays, breaks, least)
    return totals(lengths, offsets)


def reached(stays: Lists, breaks: Lists, least: Any, days: Any) -> Array:
    """The day by which so many days are counted; with no end in sight, were it to go on."""
    owner, at, lengths, offsets = _served(stays, breaks, least)
    days = np.broadcast_to(days, len(offsets) - 1)
    after = np.cumsum(lengths)
    before = after - lengths - (after - lengths)[offsets[:-1]][owner]
    whole = totals(lengths, offsets)
    last = np.maximum.reduceat(np.where(lengths > 0, at + lengths, 0), offsets[:-1])
    first = earliest(stays[0], stays[2])
    result = np.where(whole > 0, last + days - whole, first + days)
    wanted = days[owner]
    hit = (before < wanted) & (wanted <= before + lengths)
    result[owner[hit]] = (at + wanted - before)[hit]
    return np.where(days > 0, result, first)


def _served(stays: Lists, breaks: Lists | None, least: Any) -> tuple[Array, Array, Array, Array]:
    """Every edge of a stay or long break in order: its case, day, and counted days after it."""
    starts, ends, offsets = stays
    owner = _owners(offsets)
    edges: list[tuple[Any, ...]] = [(owner, starts, 1, 0), (owner, np.maximum(starts, ends), -1, 0)]
    if breaks is not None:
        pauses, resumes, weight, whose = _long_breaks(breaks, least)
        edges += [(whose, pauses, 0, weight), (whose, resumes, 0, -weight)]
        offsets = offsets + breaks[2]
    owner, at = (np.concatenate([edge[part] for edge in edges]) for part in (0, 1))
    inside, paused = (
        np.concatenate([np.broadcast_to(edge[part], len(edge[0])) for edge in edges])
        for part in (2, 3)
    )
    order = np.lexsort((at, owner))
    owner, at = owner[order], at[order]
    counts = (np.cumsum(inside[order]) > 0) & (np.cumsum(paused[order]) == 0)
    lengths = np.zeros(len(at), dtype=np.int64)
    lengths[:-1] = np.diff(at) * counts[:-1]  # between two cases nobody is inside
    return owner, at, lengths, offsets * 2


def _long_breaks(breaks: Lists, least: Any) -> tuple[Array, Array, Array, Array]:
    """Breaks in order, with 1 for those whose unbroken stretch is long enough, else 0."""
    first, end, offsets = breaks
    starts, ends, reach, owner = _sorted_spans(first, end - 1, offsets, 0, _FOREVER)
    if len(starts) == 0:
        return starts, ends, np.zeros(0, dtype=np.int64), owner
    opens = starts > reach
    firsts = np.flatnonzero(opens)
    length = np.maximum.reduceat(ends, firsts) - starts[firsts]
    is_long = length >= _of_case(least, owner[firsts])
    apart = owner * _FOREVER
    weight = is_long[np.cumsum(opens) - 1].astype(np.int64)
    return starts - apart, ends - apart, weight, owner


def _owners(offsets: Array) -> Array:
    counts = np.diff(offsets)
    return np.repeat(np.arange(len(counts)), counts)


def _of_case(value: Any, owner: Array) -> Any:
    return value if np.ndim(value) == 0 else value[owner]


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
    "shift_months": shift_months,
    "whole_months": whole_months,
    "earliest": earliest,
    "counted": counted,
    "reached": reached,
    "covered": covered,
    "longest": longest,
}
