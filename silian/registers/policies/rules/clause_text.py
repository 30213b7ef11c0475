"""Words of a clause taken from the original, and where it may be cut (条款文字)."""

from __future__ import annotations

import re
from dataclasses import dataclass

SENTENCE_END = re.compile(r"[。；;！？][”’」』）)]?|\n")
SHOWN_AROUND = 14


def compact(text: str) -> str:
    """The words without the blanks and line ends of print."""
    return "".join(text.split())


def compact_offset(text: str, *, start: int, offset: int) -> int:
    """Where a character of the original stands in the compact words from ``start``."""
    return len(compact(text[start:offset]))


def sentence_around(text: str, *, start: int, end: int) -> str:
    """The words from the beginning of the sentence up to ``end``."""
    before = max(text.rfind(sign, 0, start) for sign in "。；;\n")
    return compact(text[before + 1 : end])


@dataclass(frozen=True, kw_only=True)
class CutPlace:
    """A place between two sentences where a clause may be split (拆分处)."""

    offset: int
    before: str
    after: str


def cut_places(text: str, *, start: int, end: int) -> list[CutPlace]:
    """Every sentence end inside a clause."""
    places: list[CutPlace] = []
    for match in SENTENCE_END.finditer(text, start, end):
        before, after = compact(text[start : match.end()]), compact(text[match.end() : end])
        if before and after and (not places or compact(text[places[-1].offset : match.end()])):
            places.append(
                CutPlace(
                    offset=match.end(), before=before[-SHOWN_AROUND:], after=after[:SHOWN_AROUND]
                )
            )
    return places


def read_with(text: str, *, at: int, printed: str, reading: str) -> str | None:
    """The compact words with one printed stretch read otherwise; None when it is not there."""
    bare = compact(printed)
    if text[at : at + len(bare)] != bare:
        return None
    return text[:at] + reading + text[at + len(bare) :]
