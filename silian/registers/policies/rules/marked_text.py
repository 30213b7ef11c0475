"""The original with its highlights: lines of segments, each naming what it stands for (原文标注).

Highlights may overlap: a doubt inside a figure inside a task. Each segment carries all of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar


@dataclass(frozen=True, kw_only=True)
class Highlight:
    """A stretch of the original that a structure stands on; ``anchor`` leads to it."""

    kind: str
    start: int
    end: int
    anchor: str
    label: str = ""
    clause: int | None = None


@dataclass(frozen=True, kw_only=True)
class Segment:
    """Characters that carry the same highlights; ``labels`` end here."""

    text: str
    kinds: tuple[str, ...] = ()
    anchor: str = ""
    clause: int | None = None
    labels: tuple[str, ...] = ()

    @property
    def classes(self) -> str:
        return " ".join(f"pol-{kind}" for kind in self.kinds)


@dataclass(frozen=True, kw_only=True)
class TextLine:
    """A line of the original with its number, counted from 1."""

    number: int
    start: int
    segments: tuple[Segment, ...] = ()
    clauses: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, kw_only=True)
class ClauseSpan:
    """Where a clause stands."""

    clause: int
    start: int
    end: int


StretchT = TypeVar("StretchT", Highlight, ClauseSpan)


def marked_lines(
    text: str, *, highlights: Sequence[Highlight], clauses: Sequence[ClauseSpan]
) -> Iterator[TextLine]:
    """The lines of the text that have words, with what stands on them."""
    ordered = sorted(highlights, key=lambda each: (each.start, -each.end))
    spans = sorted(clauses, key=lambda each: each.start)
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        end = start + len(line)
        ordered = without_passed(ordered, start=start)
        spans = without_passed(spans, start=start)
        if line.strip():
            yield TextLine(
                number=number,
                start=start,
                segments=tuple(
                    segments(line, start=start, highlights=within(ordered, start=start, end=end))
                ),
                clauses=frozenset(each.clause for each in within(spans, start=start, end=end)),
            )
        start = end + 1


def without_passed(stretches: list[StretchT], *, start: int) -> list[StretchT]:
    """The stretches left when those that lead the list and end before ``start`` are dropped."""
    passed = 0
    while passed < len(stretches) and stretches[passed].end <= start:
        passed += 1
    return stretches[passed:] if passed else stretches


def within(stretches: Sequence[StretchT], *, start: int, end: int) -> Iterator[StretchT]:
    """Of stretches in order those that have a character between start and end."""
    for each in stretches:
        if each.start >= end:
            return
        if each.end > start:
            yield each


def segments(line: str, *, start: int, highlights: Iterable[Highlight]) -> Iterator[Segment]:
    """A line cut where a highlight begins or ends."""
    here = list(highlights)
    end = start + len(line)
    cuts = {start, end}
    for each in here:
        cuts |= {max(start, each.start), min(end, each.end)}
    edges = sorted(cut for cut in cuts if start <= cut <= end)
    for left, right in itertools.pairwise(edges):
        over = [each for each in here if each.start <= left and each.end >= right]
        innermost = min(over, key=lambda each: each.end - each.start, default=None)
        yield Segment(
            text=line[left - start : right - start],
            kinds=tuple(dict.fromkeys(each.kind for each in over)),
            anchor=innermost.anchor if innermost else "",
            clause=innermost.clause if innermost else None,
            labels=tuple(each.label for each in over if each.end == right and each.label),
        )


def line_of(text: str, *, offset: int) -> int:
    """The number of the line that holds the character, counted from 1."""
    return text.count("\n", 0, max(0, offset)) + 1


def letters() -> list[str]:
    """What figures are called in the margin: A to Z, then AA, AB …"""
    single = [chr(number) for number in range(ord("A"), ord("Z") + 1)]
    return [*single, *(first + second for first in single for second in single)]
