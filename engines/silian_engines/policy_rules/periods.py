"""Days covered by records (天数): overlapping records count once.

Records of practice include their last day; stays and breaks are half-open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def _merged(spans: Iterable[tuple[int, int]], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Joined stretches inside the window, as half-open [start, end)."""
    start = end = -1
    for begins, ends in sorted((max(a, first), min(b, last) + 1) for a, b in spans):
        if begins >= ends:
            continue
        if begins > end:
            if end > start:
                yield start, end
            start, end = begins, ends
        end = max(end, ends)
    if end > start:
        yield start, end


def covered(spans: Iterable[tuple[int, int]], first: int, last: int) -> int:
    """Days of the window that any record covers."""
    return sum(end - start for start, end in _merged(spans, first, last))


def longest(spans: Iterable[tuple[int, int]], first: int, last: int) -> int:
    """Days of the longest unbroken stretch inside the window."""
    return max((end - start for start, end in _merged(spans, first, last)), default=0)


def counted(
    stays: Iterable[tuple[int, int]], breaks: Iterable[tuple[int, int]] = (), least: int = 1
) -> int:
    """Days of half-open stays, without the breaks that last at least so many days."""
    return sum(end - start for start, end in _served(stays, breaks, least))


def reached(
    stays: Sequence[tuple[int, int]], breaks: Iterable[tuple[int, int]], least: int, days: int
) -> int:
    """The day by which so many days are counted; with no end in sight, were it to go on."""
    day, left = min(start for start, _ in stays), days
    if days <= 0:
        return day
    for start, end in _served(stays, breaks, least):
        if left <= end - start:
            return start + left
        day, left = end, left - (end - start)
    return day + left


def _served(
    stays: Iterable[tuple[int, int]], breaks: Iterable[tuple[int, int]], least: int
) -> Iterator[tuple[int, int]]:
    """The stretches that count, in order; breaks that touch are one break."""
    off = [(start, end) for start, end in _joined(breaks) if end - start >= least]
    for begins, ends in _joined(stays):
        start = begins
        for pause, resume in off:
            if start < pause < ends:
                yield start, pause
            if pause < ends:
                start = max(start, resume)
        if start < ends:
            yield start, ends


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    return _merged(((start, end - 1) for start, end in spans), 0, _FOREVER)


_FOREVER = 10_000_000


def ratio(part: int, whole: int) -> int | None:
    """Ten-thousandths, half up; nothing when there is no whole."""
    return (part * 20_000 + whole) // (whole * 2) if whole > 0 else None
