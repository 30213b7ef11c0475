"""Search words and filters as PostgreSQL lexemes: one inverted index answers both at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import ceil

MARK = "§"
LONGEST = 200
MOST_POSITIONS = 16_000
MOST_WORDS = 6
ENOUGH_OF_THE_WORDS = 0.7


def filter_lexeme(name: str, value: object) -> str:
    """A filter as a lexeme that no text can contain: ``§kind:internship``."""
    return f"{MARK}{name}:{value}"


def quoted(lexeme: str) -> str:
    escaped = lexeme[:LONGEST].replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def vector_literal(
    *, title: Sequence[str], names: Sequence[str], body: Sequence[str], filters: Iterable[str]
) -> str:
    """The text form of a ``tsvector``: title words weigh A, names B, body D, filters nothing."""
    positions: dict[str, list[str]] = {}
    place = 0
    for weight, words in (("A", title), ("B", names), ("D", body)):
        for word in words:
            place = min(place + 1, MOST_POSITIONS)
            if word and not word.startswith(MARK):
                positions.setdefault(word, []).append(f"{place}{weight}")
    lexemes = [f"{quoted(word)}:{','.join(places[:200])}" for word, places in positions.items()]
    return " ".join([*lexemes, *(quoted(name) for name in filters)])


def word_query(*, words: Sequence[str], forgiving: bool = False) -> str:
    """The words as a ``tsquery``: all of them, or when forgiving seven tenths of them."""
    chosen = list(dict.fromkeys(word for word in words if word and not word.startswith(MARK)))
    if not chosen:
        return ""
    if not forgiving or len(chosen) == 1:
        return " & ".join(quoted(word) for word in chosen)
    chosen = chosen[:MOST_WORDS]
    needed = min(len(chosen) - 1, ceil(ENOUGH_OF_THE_WORDS * len(chosen)))
    ways = (" & ".join(map(quoted, way)) for way in combinations(chosen, needed))
    return " | ".join(f"({way})" for way in ways)


def filter_query(groups: Iterable[Sequence[str]]) -> str:
    """Filters as a ``tsquery``: any lexeme within a group, every group."""
    parts = [" | ".join(quoted(name) for name in group) for group in groups if group]
    return " & ".join(f"({part})" for part in parts)


def both(*queries: str) -> str:
    """The conjunction of the queries that say anything."""
    return " & ".join(f"({query})" for query in queries if query)
