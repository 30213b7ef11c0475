"""Seeded misspellings of known queries, to measure how many are put right."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from silian_engines.matching.query_understanding.edits import LETTERS
from silian_engines.matching.query_understanding.sounds import readings_of, syllables_of

COMMON_ROWS = range(0xB0, 0xD8)  # GB/T 2312 level 1: the 3,755 usual characters
ROW = range(0xA1, 0xFF)


@dataclass(frozen=True, kw_only=True)
class Misspelling:
    """What was meant, what was typed instead, and how it came about."""

    meant: str
    typed: str
    how: str


@lru_cache(maxsize=1)
def usual_characters() -> tuple[str, ...]:
    """The usual characters of Chinese."""
    codes = [bytes((row, cell)) for row in COMMON_ROWS for cell in ROW]
    found = [code.decode("gb2312", errors="ignore") for code in codes]
    return tuple(one for one in found if one)


@lru_cache(maxsize=1)
def _by_reading() -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for one in usual_characters():
        for reading in readings_of(one)[:1]:
            groups[reading].append(one)
    return groups


def _pinyin(word: str, _: random.Random) -> str:
    return "".join(syllables_of(word))


def _initials(word: str, _: random.Random) -> str:
    return "".join(syllable[:1] for syllable in syllables_of(word))


def _mixed(word: str, dice: random.Random) -> str:
    place = dice.randrange(len(word))
    return word[:place] + syllables_of(word)[place] + word[place + 1 :]


def _same_sound(word: str, dice: random.Random) -> str:
    place = dice.randrange(len(word))
    others = [one for one in _by_reading()[syllables_of(word)[place]] if one != word[place]]
    return word[:place] + dice.choice(others or [word[place]]) + word[place + 1 :]


def _wrong(word: str, dice: random.Random) -> str:
    place = dice.randrange(len(word))
    return word[:place] + dice.choice(usual_characters()) + word[place + 1 :]


def _missing(word: str, dice: random.Random) -> str:
    place = dice.randrange(len(word))
    return word[:place] + word[place + 1 :]


def _extra(word: str, dice: random.Random) -> str:
    place = dice.randrange(1, len(word))
    return word[:place] + dice.choice(usual_characters()) + word[place:]


def _swapped(word: str, dice: random.Random) -> str:
    place = dice.randrange(len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _letter_slip(word: str, dice: random.Random) -> str:
    letters = _pinyin(word, dice)
    place = dice.randrange(1, len(letters) - 1)
    slip = dice.choice(("wrong", "missing", "extra", "swapped"))
    if slip == "wrong":
        return letters[:place] + dice.choice(LETTERS) + letters[place + 1 :]
    if slip == "missing":
        return letters[:place] + letters[place + 1 :]
    if slip == "extra":
        return letters[:place] + dice.choice(LETTERS) + letters[place:]
    return letters[:place] + letters[place + 1] + letters[place] + letters[place + 2 :]


# each way with the shortest word for which it leaves enough to go by
WAYS: dict[str, tuple[int, Callable[[str, random.Random], str]]] = {
    "pinyin": (2, _pinyin),
    "initials": (3, _initials),
    "mixed": (2, _mixed),
    "letters": (2, _letter_slip),
    "same_sound": (2, _same_sound),
    "wrong": (4, _wrong),
    "missing": (4, _missing),
    "extra": (3, _extra),
    "swapped": (3, _swapped),
}


def misspellings(
    words: list[str], *, count: int, seed: int, known: Callable[[str], bool]
) -> Iterator[Misspelling]:
    """As many misspellings of these words as asked for, each way in turn; none is a known word."""
    dice = random.Random(seed)
    ways = list(WAYS)
    made = 0
    while made < count:
        how = ways[made % len(ways)]
        shortest, change = WAYS[how]
        word = dice.choice(words)
        if len(word) < shortest:
            continue
        typed = change(word, dice)
        if typed != word and not known(typed):
            made += 1
            yield Misspelling(meant=word, typed=typed, how=how)
