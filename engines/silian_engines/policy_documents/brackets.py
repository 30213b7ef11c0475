"""Brackets in running text, full and half width (括号)."""

from __future__ import annotations

from collections.abc import Iterator

_CLOSER = {
    "（": "）)",
    "(": "）)",
    "〔": "〕",
    "[": "]］",
    "［": "］]",
    "【": "】",
    "<": ">",
    "〈": "〉",
}
_ROUND = "（("


def closing(text: str, start: int, *, limit: int = 400) -> int | None:
    """The index of the bracket that closes the one at start, or None.

    Round brackets of either width close one another.
    """
    opener = text[start]
    family = _ROUND if opener in _ROUND else opener
    closers = _CLOSER[opener]
    depth = 0
    for index in range(start, min(len(text), start + limit)):
        if text[index] in family:
            depth += 1
        elif text[index] in closers:
            depth -= 1
            if depth == 0:
                return index
    return None


def top_level_parts(text: str, separators: str) -> Iterator[tuple[int, int]]:
    """The spans between separators outside all brackets; an unclosed bracket shields nothing."""
    start, index = 0, 0
    while index < len(text):
        close = closing(text, index) if text[index] in _CLOSER else None
        if close is not None:
            index = close
        elif text[index] in separators:
            yield start, index
            start = index + 1
        index += 1
    yield start, len(text)
