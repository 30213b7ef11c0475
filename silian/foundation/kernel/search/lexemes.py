"""Search words and filters as PostgreSQL lexemes: one inverted index answers both at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import ceil
from zlib import crc32

MARK = "§"
LONGEST = 200
MOST_POSITIONS = 16_000
MOST_PLACES = 200
MOST_WORDS = 6
ENOUGH_OF_THE_WORDS = 0.7
SMALLEST_SAMPLE = 256  # one row of so many; four thousand of a million
BESIDE_THE_TABLE = 2_100  # PostgreSQL moves longer rows' values out of the row
LEAST_SHARE = 0.8  # of its literal's bytes that a vector takes
STEP = 300
MOST_STEPS = 6  # a lexeme has at most 2,046 bytes


def filter_lexeme(name: str, value: object) -> str:
    """A filter as a lexeme that no text can contain: ``§kind:internship``."""
    return f"{MARK}{name}:{value}"


def filter_lexemes(filters: Mapping[str, Sequence[str]]) -> list[str]:
    """Every value of every filter as a lexeme."""
    return [filter_lexeme(name, value) for name, values in filters.items() for value in values]


def sample_lexemes(number: int) -> list[str]:
    """The samples that a row belongs to: one row in two is in the half, one in four in the quarter.

    Numbers are spread first, so that rows written together fall into different samples.
    """
    place = crc32(number.to_bytes(8, "little"))
    return [
        sample_lexeme(one_in)
        for one_in in powers_of_two(SMALLEST_SAMPLE)
        if place % one_in == 0 and one_in > 1
    ]


def sample_lexeme(one_in: int) -> str:
    """The lexeme of the sample that holds one row in so many."""
    return filter_lexeme("sample", one_in)


def powers_of_two(most: int) -> list[int]:
    return [2**exponent for exponent in range(most.bit_length()) if 2**exponent <= most]


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
    lexemes = [
        f"{quoted(word)}:{','.join(places[:MOST_PLACES])}" for word, places in positions.items()
    ]
    return " ".join([*lexemes, *(quoted(name) for name in filters)])


def filled(literal: str) -> str:
    """The same vector, long enough that PostgreSQL keeps it beside its row and not within it."""
    missing = BESIDE_THE_TABLE - len(literal.encode()) * LEAST_SHARE
    fillers = [f"'{MARK}{number}{'.' * STEP}'" for number in range(max(0, ceil(missing / STEP)))]
    return " ".join([literal, *fillers])


def word_query(*, words: Sequence[str], forgiving: bool = False) -> str:
    """The words as a ``tsquery``: all of them, or when forgiving seven tenths of them."""
    ways = [" & ".join(map(quoted, way)) for way in word_ways(words, forgiving=forgiving)]
    return ways[0] if len(ways) == 1 else " | ".join(f"({way})" for way in ways)


def word_ways(words: Sequence[str], *, forgiving: bool = False) -> list[tuple[str, ...]]:
    """The sets of words of which one must be there whole."""
    chosen = list(dict.fromkeys(word for word in words if word and not word.startswith(MARK)))
    if not chosen:
        return []
    if not forgiving or len(chosen) == 1:
        return [tuple(chosen)]
    chosen = chosen[:MOST_WORDS]
    needed = min(len(chosen) - 1, ceil(ENOUGH_OF_THE_WORDS * len(chosen)))
    return list(combinations(chosen, needed))


def filter_query(groups: Iterable[Sequence[str]]) -> str:
    """Filters as a ``tsquery``: any lexeme within a group, every group."""
    parts = [" | ".join(quoted(name) for name in group) for group in groups if group]
    return " & ".join(f"({part})" for part in parts)


def both(*queries: str) -> str:
    """The conjunction of the queries that say anything."""
    return " & ".join(f"({query})" for query in queries if query)
