"""How Chinese words sound (读音): toneless syllables, their confusions and their initials.

Word readings come from the phrases of pypinyin, so that 银行 is yin hang and 行业 is hang ye.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import product
from math import prod

LONGEST_PHRASE = 4
MOST_READINGS = 3
MOST_COMBINATIONS = 64  # long runs of polyphones keep their usual reading
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


@lru_cache(maxsize=1)
def _dictionaries() -> tuple[dict[int, str], dict[str, list[list[str]]]]:
    # a quarter of a second, paid when the first vocabulary is made
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    return PINYIN_DICT, PHRASES_DICT


@lru_cache(maxsize=16384)
def readings_of(character: str, /) -> tuple[str, ...]:
    """The usual readings of one character, most usual first (多音字)."""
    characters, _ = _dictionaries()
    spelled = characters.get(ord(character), "")
    found = [_spelled_out(part) for part in spelled.split(",") if part]
    return tuple(dict.fromkeys(found))[:MOST_READINGS]


@lru_cache(maxsize=4096)
def _spelled_out(syllable: str) -> str:
    """One syllable without tone: lǜ is lv, xíng is xing."""
    for umlaut in "üǖǘǚǜ":
        syllable = syllable.replace(umlaut, "v")
    marks = unicodedata.normalize("NFD", syllable)
    return "".join(mark for mark in marks if not unicodedata.combining(mark))


@lru_cache(maxsize=65536)
def syllables_of(word: str, /) -> tuple[str, ...]:
    """One toneless syllable a character; polyphones as the phrases around them say."""
    _, phrases = _dictionaries()
    syllables: list[str] = []
    position = 0
    while position < len(word):
        length = _phrase_length(word, position, phrases)
        if length:
            phrase = phrases[word[position : position + length]]
            syllables += [_spelled_out(sound[0]) for sound in phrase]
        else:
            length = 1
            syllables.append(next(iter(readings_of(word[position])), ""))
        position += length
    return tuple(syllables)


def _phrase_length(word: str, position: int, phrases: dict[str, list[list[str]]]) -> int:
    for length in range(min(LONGEST_PHRASE, len(word) - position), 1, -1):
        if word[position : position + length] in phrases:
            return length
    return 0


@lru_cache(maxsize=4096)
def blurred(syllable: str, /) -> str:
    """One spelling for syllables that many speakers confuse: zhang and zan, nan and lan."""
    for full, short in _INITIALS:
        if syllable.startswith(full):
            syllable = short + syllable[len(full) :]
            break
    for full, short in _FINALS:
        if syllable.endswith(full):
            return syllable[: -len(full)] + short
    return syllable


def sound_key(syllables: tuple[str, ...], /) -> str:
    """The key under which words of confusable sound stand together (近音)."""
    return " ".join(blurred(syllable) for syllable in syllables)


def sound_keys(text: str, /) -> set[str]:
    """Every key that typed characters may have, polyphones in all their usual readings."""
    choices = [tuple({blurred(sound) for sound in readings_of(one)}) or ("",) for one in text]
    if prod(len(choice) for choice in choices) > MOST_COMBINATIONS:
        return {sound_key(syllables_of(text))}
    return {" ".join(parts) for parts in product(*choices)}


def sounds_same(typed: str, meant: str, /) -> bool:
    """Whether two characters share a reading exactly (同音)."""
    return bool(set(readings_of(typed)) & set(readings_of(meant)))
