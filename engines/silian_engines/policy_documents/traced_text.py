"""Text without whitespace and markup that still knows where each character was printed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

_KEPT = re.compile(r"[^\s\u200b\u2060\ufeff*\\]+")
_FORMULA = re.compile(r"\\(?:[a-zA-Z]+|.)|[^\s\u200b\u2060\ufeff*\\${}]+")
_SIGNS = {"\\sim": "~", "\\geq": "≥", "\\ge": "≥", "\\leq": "≤", "\\le": "≤", "\\%": "%"}


class TracedText:
    """A compact string and, for every character, its offset in the source (带原文位置的文本)."""

    __slots__ = ("_raws", "_starts", "text")

    def __init__(self, text: str, starts: list[int], raws: list[int]) -> None:
        self.text = text
        self._starts = starts
        self._raws = raws

    def __len__(self) -> int:
        return len(self.text)

    def translated(self, table: dict[int, int]) -> TracedText:
        """The text with single characters replaced, or itself when none is."""
        text = self.text.translate(table)
        return self if text == self.text else TracedText(text, self._starts, self._raws)

    def raw(self, index: int) -> int:
        """The source offset of the character at this index."""
        piece = bisect_right(self._starts, index) - 1
        return self._raws[piece] + index - self._starts[piece]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open source span of a non-empty slice."""
        return self.raw(start), self.raw(end - 1) + 1


def compact(*, source: str, start: int, end: int) -> TracedText:
    """The characters of a source span that are neither whitespace nor markup.

    Converters print numbers as formulas (`$3 \\sim 5$`): the signs are kept, the commands dropped.
    """
    parts: list[str] = []
    starts: list[int] = []
    raws: list[int] = []
    length = 0
    is_formula = source.find("$", start, end) >= 0
    for match in (_FORMULA if is_formula else _KEPT).finditer(source, start, end):
        text = match.group()
        if is_formula and text[0] == "\\":
            text = _SIGNS.get(text, "")
            if not text:
                continue
        parts.append(text)
        starts.append(length)
        raws.append(match.start())
        length += len(parts[-1])
    return TracedText("".join(parts), starts, raws)


def joined(pieces: Iterable[TracedText]) -> TracedText:
    """One text from several, each character keeping its own source offset."""
    texts: list[str] = []
    starts: list[int] = []
    raws: list[int] = []
    length = 0
    for piece in pieces:
        texts.append(piece.text)
        starts.extend(length + start for start in piece._starts)
        raws.extend(piece._raws)
        length += len(piece.text)
    return TracedText("".join(texts), starts, raws)
