"""Our words, filters and ids in the spelling of a SphinxQL server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from math import ceil

# what `charset_table` in deploy/search/shard.conf keeps whole
KEPT_WHOLE = re.compile(r"[0-9a-z\u3400-\u9fff]{1,40}")
LARGEST_OBJECT_ID = (1 << 48) - 1


def digest(text: str) -> int:
    """62 bits of a text: a million of them collide once in millions of years of rebuilding."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") >> 2


def word_of(token: str) -> str:
    """A token as one word of the server; one with foreign characters becomes its digest."""
    return token if KEPT_WHOLE.fullmatch(token) else f"_w{digest(token):016x}"


def words_of(tokens: Iterable[str]) -> str:
    return " ".join(word_of(token) for token in tokens if token)


def value_number(name: str, value: object) -> int:
    """The number that stands for a value of a facet."""
    return digest(f"{name}:{value}")


def filter_word(name: str, value: object) -> str:
    """A filter as a word that no text holds: the inverted index answers words and filters."""
    return f"_f{value_number(name, value):016x}"


def document_number(subject: str, object_id: int) -> int:
    """63 bits: fifteen say which subject, the others which object."""
    if not 0 < object_id <= LARGEST_OBJECT_ID:
        raise ValueError(f"object id {object_id} does not fit into 48 bits")
    return bound_number(subject, object_id)


def bound_number(subject: str, number: int) -> int:
    """Where a number that need not exist stands among the documents of a subject."""
    return ((digest(subject) & 0x7FFF) << 48) | max(0, min(number, LARGEST_OBJECT_ID))


def match_expression(
    *,
    words: Sequence[str],
    needed: int,
    filters: Iterable[Sequence[str]],
) -> str:
    """Full-text query: ``needed`` of the words, and of each group of filter words any one."""
    chosen = [word_of(word) for word in dict.fromkeys(words) if word]
    parts = []
    if chosen and needed < len(chosen):
        parts.append(f'"{" ".join(chosen)}"/{needed}')
    elif chosen:
        parts.append(" ".join(chosen))
    parts += [f"({' | '.join(group)})" for group in filters]
    return " ".join(parts)


def quoted(text: str) -> str:
    """A string literal."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\0", "")
    return f"'{escaped}'"


def share(count: int, part: float) -> int:
    """How many of ``count`` words are ``part`` of them, at least one fewer than all."""
    return min(count - 1, ceil(part * count))
