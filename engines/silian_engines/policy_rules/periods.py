"""Days covered by records (天数): overlapping records count once. Last days are inclusive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


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


def ratio(part: int, whole: int) -> int | None:
    """Ten-thousandths, half up; nothing when there is no whole."""
    return (part * 20_000 + whole) // (whole * 2) if whole > 0 else None
