"""Visual lines of a page put back into paragraphs (版面还原)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_RAGGED = 2.6  # a full line may stop this many characters early, to keep a bracket whole
_SAME_SIZE = 0.18  # two lines of one paragraph differ in height by less than this share
_MEASURABLE = 6  # the height of a shorter line depends on which characters it has
_PAGE_NUMBER = re.compile(r"\s*[-—－–─·一]*\s*\d{1,3}\s*[-—－–─·一]*\s*$|第\s*\d+\s*页")

_LISTED = re.compile(r"\s*副?(?:组\s*长|主\s*任|成\s*员|召集人)\s*[:：]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character with the confidence of its reading (1 for printed text)."""

    character: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class VisualLine:
    """A line as it stands on the page; lengths in any unit, the same for all lines."""

    glyphs: tuple[Glyph, ...]
    left: float
    right: float
    top: float
    bottom: float
    is_row: bool = False

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(glyph.character for glyph in self.glyphs)

    @property
    def size(self) -> float:
        """The height of the line, about the width of a Chinese character."""
        return abs(self.bottom - self.top)


def paragraphs(pages: Iterable[list[VisualLine]]) -> list[tuple[Glyph, ...]]:
    """Lines joined where they fill the measure and the next is not indented."""
    result: list[tuple[Glyph, ...]] = []
    previous: VisualLine | None = None
    for page in pages:
        lines = [line for line in page if line.text.strip() and not _is_page_number(line, page)]
        if not lines:
            continue
        left = _common_edge([line.left for line in lines], lowest=True)
        right = _common_edge([line.right for line in lines], lowest=False)
        for line in lines:
            if previous is not None and result and _continues(previous, line, left, right):
                result[-1] = (*result[-1], *line.glyphs)
            else:
                result.append(line.glyphs)
            previous = line
    return result


def _is_page_number(line: VisualLine, page: list[VisualLine]) -> bool:
    at_edge = line is page[-1] or line is page[0]
    return at_edge and bool(_PAGE_NUMBER.match(line.text))


def _common_edge(edges: list[float], *, lowest: bool) -> float:
    """The margin: the outermost edge that a tenth of the lines share."""
    ordered = sorted(edges, reverse=not lowest)
    return ordered[len(ordered) // 10]


def _continues(previous: VisualLine, line: VisualLine, left: float, right: float) -> bool:
    size = max(previous.size, line.size)
    if previous.is_row or line.is_row or _LISTED.match(line.text):
        return False
    is_full = previous.right >= right - _RAGGED * size
    is_indented = line.left > left + 1.2 * size
    return is_full and not is_indented and _same_size(previous, line)


def _same_size(previous: VisualLine, line: VisualLine) -> bool:
    if len(line.glyphs) < _MEASURABLE:
        return True
    size = max(previous.size, line.size)
    return abs(previous.size - line.size) < _SAME_SIZE * size
