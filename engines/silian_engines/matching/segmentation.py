"""Chinese words for search: the same cutting for what is stored and for what is asked."""

from __future__ import annotations

import re
import unicodedata

import rjieba

WORD = re.compile(r"[0-9a-z]+(?:[+#.\-][0-9a-z+#]+)*[+#]*|[\u3400-\u9fff]+")
STOP_WORDS = frozenset("的 了 和 与 及 或 等 在 是 为 对 有 我 你 他 们 及其 以及".split())
LONGEST_WORD = 40


def normalised(text: str) -> str:
    """Half-width, lower case, without control characters."""
    return unicodedata.normalize("NFKC", text).lower()


def words_of(text: str, *, for_search: bool) -> list[str]:
    found: list[str] = []
    for piece in WORD.findall(normalised(text)):
        if piece[0].isascii():
            found.append(piece[:LONGEST_WORD])
        else:
            cut = rjieba.cut_for_search(piece) if for_search else rjieba.cut(piece)
            found.extend(word for word in cut if word not in STOP_WORDS)
    return found


def index_tokens(text: str) -> list[str]:
    """The words of a text to be stored, overlapping ones included, in reading order.

    >>> index_tokens("数控车工 CNC")
    ['数控', '车工', 'cnc']
    """
    return words_of(text, for_search=True)


def query_tokens(text: str) -> list[str]:
    """The words of a question, each once, in the order asked."""
    return list(dict.fromkeys(words_of(text, for_search=False)))
