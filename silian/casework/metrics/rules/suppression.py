"""Protecting small numbers in what the public sees, so that no subtraction brings them back.

Numbers of a tree of divisions are shown together: a region and its parts. A number below the
threshold is hidden, and then as many others as needed so that, from all that is shown, every
value from 1 to the threshold remains possible for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from silian.casework.metrics.choices import Hidden

ENDLESS = 10**12  # more than any register holds


@dataclass(frozen=True)
class Range:
    """What a number may be as far as a reader can tell."""

    low: int
    high: int

    def cut(self, other: Range) -> Range:
        return Range(max(self.low, other.low), min(self.high, other.high))

    def plus(self, other: Range) -> Range:
        return Range(self.low + other.low, min(self.high + other.high, ENDLESS))

    def minus(self, other: Range) -> Range:
        high = ENDLESS if self.high >= ENDLESS else self.high - other.low
        return Range(self.low - other.high, high)


@dataclass(frozen=True, kw_only=True)
class Cells:
    """Numbers of divisions, with the division that each lies in (统计表)."""

    numbers: Mapping[str, int]
    parents: Mapping[str, str]
    threshold: int

    def is_small(self, code: str) -> bool:
        return 0 < self.numbers[code] < self.threshold

    def lies_in_small(self, code: str) -> bool:
        """Whether a region above is small itself; its parts would tell too much."""
        above = self.parents.get(code, "")
        return above in self.numbers and (self.is_small(above) or self.lies_in_small(above))

    def children(self, code: str) -> list[str]:
        return sorted(key for key, parent in self.parents.items() if parent == code)

    @property
    def roots(self) -> list[str]:
        return sorted(key for key in self.numbers if self.parents.get(key) not in self.numbers)


def hidden_cells(cells: Cells) -> dict[str, Hidden]:
    """Which numbers are not shown, and why (小数保护)."""
    if cells.threshold <= 1:
        return {}
    hidden = {
        code: Hidden.PROTECTING if cells.lies_in_small(code) else Hidden.SMALL
        for code in cells.numbers
        if cells.lies_in_small(code) or cells.is_small(code)
    }
    while (told := first_told(cells, hidden)) is not None:
        other = one_more(cells, hidden, near=told)
        if other is None:
            return hidden
        hidden[other] = Hidden.PROTECTING
    return hidden


def first_told(cells: Cells, hidden: Mapping[str, Hidden]) -> str | None:
    """A small number that a reader can narrow down, or None."""
    whole = Range(1, cells.threshold - 1)
    ranges = possible_ranges(cells, hidden)
    small = (code for code in sorted(hidden) if hidden[code] == Hidden.SMALL)
    return next((code for code in small if ranges[code] != whole), None)


def one_more(cells: Cells, hidden: Mapping[str, Hidden], *, near: str) -> str | None:
    """The least number that can be hidden beside ``near``, else the region above, and so on up.

    Nothing that happened nowhere is hidden: a zero tells of nobody.
    """
    place: str | None = near
    while place is not None:
        above = cells.parents.get(place)
        above = above if above in cells.numbers else None
        beside = cells.children(above) if above else cells.roots
        open_ones = [code for code in beside if code not in hidden and cells.numbers[code] > 0]
        if open_ones and above is not None:
            return min(open_ones, key=lambda code: (cells.numbers[code], code))
        if above is not None and above not in hidden and cells.numbers[above] > 0:
            return above
        place = above
    return None


def possible_ranges(cells: Cells, hidden: Mapping[str, Hidden]) -> dict[str, Range]:
    """What each number may be, from everything that is shown; exact on a tree.

    A region may have rows of its own beside those of its parts.
    """
    inner: dict[str, Range] = {}
    ranges: dict[str, Range] = {}

    def gather(code: str) -> Range:
        parts = [gather(child) for child in cells.children(code)]
        found = shown_range(cells, hidden, code)
        if parts:
            found = found.cut(summed(parts, start=own_rows(cells, code)))
        inner[code] = found
        return found

    def spread(code: str, outer: Range) -> None:
        ranges[code] = inner[code].cut(outer)
        children = cells.children(code)
        for child in children:
            others = [inner[other] for other in children if other != child]
            known = summed(others, start=own_rows(cells, code))
            spread(child, ranges[code].minus(known))

    for root in cells.roots:
        spread(root, gather(root))
    return ranges


def shown_range(cells: Cells, hidden: Mapping[str, Hidden], code: str) -> Range:
    """What the table itself says of one number."""
    if code not in hidden:
        return Range(cells.numbers[code], cells.numbers[code])
    if hidden[code] == Hidden.SMALL:
        return Range(1, cells.threshold - 1)
    return Range(0 if cells.lies_in_small(code) else cells.threshold, ENDLESS)


def own_rows(cells: Cells, code: str) -> Range:
    """What a reader can tell of the rows that stand at the region itself, in none of its parts.

    Where there are none a reader will guess so; where parts overlap the sum exceeds the region.
    """
    own = cells.numbers[code] - sum(cells.numbers[child] for child in cells.children(code))
    return Range(0, ENDLESS) if own > 0 else Range(own, 0)


def summed(ranges: list[Range], *, start: Range) -> Range:
    found = start
    for item in ranges:
        found = found.plus(item)
    return found
