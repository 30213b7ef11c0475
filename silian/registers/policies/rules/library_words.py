"""A document's words as a search vector, and a question as a search query (政策文件检索)."""

from __future__ import annotations

from collections.abc import Sequence

from silian_engines.matching.segmentation import index_tokens, query_tokens

MOST_POSITIONS = 16_000  # of a PostgreSQL text vector
MOST_WORDS = 12


def vector_of(*, title: str, names: str, body: str) -> str:
    """The text form of a ``tsvector``: words of the title weigh A, of names B, of the text D.

    >>> vector_of(title="5g", names="", body="5g 2026")
    '5g:1A 2026:3D'
    """
    places: dict[str, str] = {}
    place = 0
    for weight, text in (("A", title), ("B", names), ("D", body)):
        for word in index_tokens(text):
            place = min(place + 1, MOST_POSITIONS)
            places.setdefault(word, f"{place}{weight}")
    return " ".join(f"{word}:{where}" for word, where in places.items())


def words_asked(text: str) -> tuple[str, ...]:
    """The words of a question, synonyms brought to one word."""
    return query_tokens(text.replace("\x00", ""))[:MOST_WORDS]


def query_of(words: Sequence[str]) -> str:
    """All words must stand in the document."""
    return " & ".join(words)
