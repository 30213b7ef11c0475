"""Sentences and their comma-separated segments, as spans of a clause (句与分句)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]?[”」』）)]?")
_BACKGROUND = re.compile(
    r"截[至止]|同比|据统计|比上年|较上年|目前[，,]?[全我已]|已(?:建成|达到?|有|累计)"
)
_STOP = re.compile(r"[，；;。！？!?]|(?<!\d)[：:,]|[：:](?!\d)|,(?!\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch between two commas."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its segments; the first of a paragraph governs what follows."""

    start: int
    end: int
    segments: tuple[Segment, ...]
    opens_paragraph: bool

    def is_background(self, text: str) -> bool:
        """Whether the sentence reports what already is (截至…已建成)."""
        return _BACKGROUND.search(text, self.start, self.end) is not None


def sentences_of(
    *, text: str, paragraph_starts: tuple[int, ...], skipped: tuple[tuple[int, int], ...]
) -> Iterator[Sentence]:
    """The sentences of a clause outside the skipped spans (its tails)."""
    bounds = sorted({*paragraph_starts, len(text), *(edge for span in skipped for edge in span)})
    for start, end in itertools.pairwise(bounds):
        if any(first <= start < last for first, last in skipped):
            continue
        is_first = start in paragraph_starts
        for match in _SENTENCE.finditer(text, start, end):
            yield Sentence(match.start(), match.end(), _segments(text, *match.span()), is_first)
            is_first = False


def _segments(text: str, start: int, end: int) -> tuple[Segment, ...]:
    segments = []
    for stop in _STOP.finditer(text, start, end):
        if stop.start() > start:
            segments.append(Segment(start, stop.start()))
        start = stop.end()
    if end > start:
        segments.append(Segment(start, end))
    return tuple(segments)
