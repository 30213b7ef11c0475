"""The words that a query may mean (词表), ordered for every way of mistyping them.

Made of our own terms and of the words that an index holds, each with the number of documents that
hold it. Whoever makes one answers for it that every word may be known to everybody.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from heapq import nsmallest
from math import log10
from typing import Final

from silian_engines.matching.query_understanding.edits import one_less
from silian_engines.matching.query_understanding.sounds import sound_key, syllables_of
from silian_engines.matching.segmentation import VOCABULARY, is_dictionary_word, normalised

LONGEST_WORD: Final = 10
SHORTEST_SLIPPED: Final = 3
MOST_INITIALS: Final = 8
COMMONEST: Final = 5.0  # the logarithm from which on a word cannot be more usual
TERM_FILES: Final = ("domain_terms.txt", "synonyms.txt")


class Vocabulary:
    """Words with their frequency, found by spelling, sound, initials and one slip."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self.frequency = {word: count for word, count in frequencies.items() if word}
        self.by_sound: dict[str, list[str]] = defaultdict(list)
        self.by_pinyin: dict[str, list[str]] = defaultdict(list)
        self.by_initials: dict[str, list[str]] = defaultdict(list)
        self.by_gap: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.frequency, key=lambda one: (-self.frequency[one], one)):
            if is_chinese(word) and 2 <= len(word) <= LONGEST_WORD:
                self._enter(word)
        self._spellings = sorted((word, word) for word in self.frequency)
        self._sounds = sorted(
            (sound, word) for sound, words in self.by_pinyin.items() for word in words
        )

    def _enter(self, word: str) -> None:
        syllables = syllables_of(word)
        self.by_sound[sound_key(syllables)].append(word)
        self.by_pinyin["".join(syllables)].append(word)
        initials = "".join(syllable[:1] for syllable in syllables)
        if len(self.by_initials[initials]) < MOST_INITIALS:
            self.by_initials[initials].append(word)
        if len(word) >= SHORTEST_SLIPPED:
            for gap in {word, *one_less(word)}:
                self.by_gap[gap].append(word)

    def __contains__(self, word: str) -> bool:
        return word in self.frequency

    def knows(self, word: str) -> bool:
        """Whether nobody should correct the word: it is ours, indexed, or plain Chinese."""
        return word in self.frequency or is_dictionary_word(word)

    def rarity(self, word: str) -> float:
        """From 0 for the most usual words to 1 for those that no document holds."""
        return 1 - min(log10(self.frequency.get(word, 0) + 1), COMMONEST) / COMMONEST

    def one_slip_away(self, text: str) -> set[str]:
        """Words of three characters and more that differ from the text by one slip."""
        return {word for gap in {text, *one_less(text)} for word in self.by_gap.get(gap, ())}

    def completions(self, text: str, *, limit: int) -> list[str]:
        """The most usual words that begin with what is typed, as characters or as pinyin."""
        found = set(_range(self._spellings, text))
        if text.isascii():
            found |= set(_range(self._sounds, text)) | set(self.by_initials.get(text, ()))
        found = {word for word in found if word != text and self._is_presentable(word)}
        return nsmallest(limit, found, key=lambda word: (-self.frequency[word], len(word), word))

    def _is_presentable(self, word: str) -> bool:
        """Whether a word stands on its own; the index also holds chance cuts such as 属康养."""
        return word.isascii() or is_dictionary_word(word) or word in own_terms()


def _range(pairs: list[tuple[str, str]], prefix: str) -> Iterable[str]:
    start = bisect_left(pairs, (prefix, ""))
    end = bisect_left(pairs, (prefix + "\U0010ffff", ""))
    return (word for _, word in pairs[start:end])


def is_chinese(word: str, /) -> bool:
    """Whether every character is Chinese."""
    return not word.isascii() and all("\u3400" <= one <= "\u9fff" for one in word)


@lru_cache(maxsize=1)
def own_terms() -> frozenset[str]:
    """Our terms, trade titles, skills and the official names of occupations (自有词表)."""
    terms: set[str] = set()
    for path in sorted(VOCABULARY.glob("*.txt")):
        if path.name in TERM_FILES:
            terms |= _words_of_lines(path.read_text(encoding="utf-8"), first=0)
        elif path.name.startswith("trade_titles"):
            terms |= _words_of_lines(path.read_text(encoding="utf-8"), first=1)
        elif path.name.startswith("skills"):
            terms |= _skills(path.read_text(encoding="utf-8"))
    official = (VOCABULARY / "occupations_2022.txt").read_text(encoding="utf-8")
    terms |= {line.split("\t")[1] for line in official.splitlines() if line.count("\t") > 1}
    return frozenset(normalised(term).strip() for term in terms if len(term) <= LONGEST_WORD)


def _skills(text: str) -> set[str]:
    """Skills and their other names; lines in brackets head a group of occupations."""
    lines = [line for line in text.splitlines() if line and line[0] not in "#["]
    names = {name for line in lines for skill in line.split() for name in skill.split("=")}
    return {name for name in names if "_" not in name}


def _words_of_lines(text: str, *, first: int) -> set[str]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {word for line in lines for word in line.split()[first:]}


def vocabulary_of(indexed: Mapping[str, int], /) -> Vocabulary:
    """A vocabulary of our own terms and of the words of an index with their frequency."""
    return Vocabulary(dict.fromkeys(own_terms(), 0) | dict(indexed))
