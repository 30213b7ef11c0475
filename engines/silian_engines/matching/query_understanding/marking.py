"""Where the words of a query stand in a text (高亮、摘录), as segments and never as markup."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from silian_engines.matching.segmentation import synonyms

ELLIPSIS = "…"
_WRITTEN = {"cplusplus": "c++", "csharp": "c#", "dotnet": ".net", "1x": "1+x"}


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A stretch of text, and whether the query asked for it."""

    text: str
    marked: bool = False


@lru_cache(maxsize=1)
def _members() -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for word, head in synonyms().items():
        groups[head].append(word)
    return {head: tuple(words) for head, words in groups.items()}


def written_forms(words: Iterable[str], /) -> tuple[str, ...]:
    """How the words of a query may be written in a text: themselves and their synonyms."""
    forms = [form for word in words for form in (word, *_members().get(word, ()))]
    return tuple(dict.fromkeys(_WRITTEN.get(form, form) for form in forms))


def marked(text: str, words: Iterable[str], /) -> tuple[Segment, ...]:
    """The whole text in segments; together they are the text, character by character."""
    pattern = _pattern(written_forms(words))
    if pattern is None or not text:
        return (Segment(text=text),) if text else ()
    segments: list[Segment] = []
    place = 0
    for found in pattern.finditer(_folded(text)):
        if found.start() > place:
            segments.append(Segment(text=text[place : found.start()]))
        segments.append(Segment(text=text[found.start() : found.end()], marked=True))
        place = found.end()
    if place < len(text):
        segments.append(Segment(text=text[place:]))
    return tuple(segments)


def excerpt(text: str, words: Iterable[str], /, *, length: int) -> tuple[Segment, ...]:
    """At most so many characters of the text around the first word that was asked for."""
    flat = " ".join(text.split())
    wanted = tuple(words)
    pattern = _pattern(written_forms(wanted))
    found = pattern.search(_folded(flat)) if pattern else None
    start = max(0, found.start() - length // 3) if found else 0
    start = 0 if start < length // 6 else start
    piece = flat[start : start + length]
    before = ELLIPSIS if start else ""
    after = ELLIPSIS if start + length < len(flat) else ""
    return marked(f"{before}{piece}{after}", wanted)


def _folded(text: str) -> str:
    """The text in lower case and half width, with every character in its place."""
    return "".join(
        plain if len(plain) == 1 else one
        for one in text
        for plain in (unicodedata.normalize("NFKC", one).lower(),)
    )


def _pattern(forms: tuple[str, ...]) -> re.Pattern[str] | None:
    if not forms:
        return None
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile("|".join(_part(form) for form in longest_first))


def _part(form: str) -> str:
    escaped = re.escape(form)
    if not form.isascii():
        return escaped
    return rf"(?<![a-z0-9]){escaped}(?![a-z0-9])"  # hr is not in three
