"""What a query means (查询理解): its words, and every change with its reason.

Nothing that is known is changed. A change is ``sure`` when it touches no known word; the others are
only worth a question (您是不是要找).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from silian_engines.matching.query_understanding.characters import (
    breaks_known,
    known_places,
    read_characters,
)
from silian_engines.matching.query_understanding.letters import read_letters, words_of_letters
from silian_engines.matching.query_understanding.vocabulary import Vocabulary
from silian_engines.matching.segmentation import normalised, query_tokens, synonyms

LONGEST_QUERY: Final = 100
MOST_READINGS: Final = 3
LONGEST_SYLLABLE: Final = 6
_RUN: Final = re.compile(r"[a-z0-9\u3400-\u9fff]+|[^a-z0-9\u3400-\u9fff]+")
_LETTERS: Final = re.compile(r"[a-z]+")
_DIGITS_AT_START: Final = re.compile(r"(\d+)(.*)", re.DOTALL)
REASONS: Final = {
    "pinyin": "拼音“{typed}”读作“{meant}”",
    "initials": "拼音首字母“{typed}”读作“{meant}”",
    "letters": "“{typed}”有一个字母之差，读作“{meant}”",
    "same_sound": "“{typed}”与“{meant}”同音",
    "near_sound": "“{typed}”与“{meant}”音近",
    "wrong": "“{typed}”与“{meant}”一字之差",
    "missing": "“{typed}”比“{meant}”少一个字",
    "extra": "“{typed}”比“{meant}”多一个字",
    "swapped": "“{typed}”与“{meant}”字序颠倒",
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """A part of the query that was read as something else."""

    typed: str
    meant: str
    how: str
    sure: bool

    @property
    def reason(self) -> str:
        """One Chinese sentence that says why."""
        return REASONS[self.how].format(typed=self.typed, meant=self.meant)


@dataclass(frozen=True, kw_only=True)
class PinyinReading:
    """Letters and the words that they may stand for, the most usual first."""

    letters: str
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SynonymUsed:
    """A word that is sought together with those that mean the same."""

    word: str
    stands_for: str


@dataclass(frozen=True, kw_only=True)
class Understood:
    """A query as typed and as meant."""

    typed: str
    text: str
    words: tuple[str, ...]
    corrections: tuple[Change, ...] = ()
    pinyin_readings: tuple[PinyinReading, ...] = ()
    synonyms_used: tuple[SynonymUsed, ...] = ()
    alternatives: tuple[str, ...] = ()

    @property
    def typed_words(self) -> tuple[str, ...]:
        """The words of the query exactly as typed."""
        return query_tokens(self.typed)

    @property
    def is_changed(self) -> bool:
        return bool(self.corrections)

    @property
    def is_sure(self) -> bool:
        """Whether every change leaves all known words alone."""
        return all(change.sure for change in self.corrections)

    @property
    def explain(self) -> tuple[str, ...]:
        """Every step from the typed text to the words, one sentence each."""
        same = (f"“{used.word}”按同义词“{used.stands_for}”查找" for used in self.synonyms_used)
        return (*(change.reason for change in self.corrections), *same)


@dataclass(frozen=True, kw_only=True)
class _Piece:
    """A stretch of the query and what it is read as."""

    typed: str
    meant: str
    changes: tuple[Change, ...] = ()
    readings: PinyinReading | None = None


def understand(text: str, vocabulary: Vocabulary, /) -> Understood:
    """Read a query against the vocabulary; what is known stays as it is."""
    typed = normalised(text)[:LONGEST_QUERY].strip()
    pieces = list(_pieces(typed, vocabulary))
    meant = "".join(piece.meant for piece in pieces)
    return Understood(
        typed=typed,
        text=meant,
        words=query_tokens(meant),
        corrections=tuple(change for piece in pieces for change in piece.changes),
        pinyin_readings=tuple(piece.readings for piece in pieces if piece.readings),
        synonyms_used=synonyms_in(meant),
        alternatives=tuple(_alternatives(pieces)),
    )


def synonyms_in(text: str, /) -> tuple[SynonymUsed, ...]:
    """The words of a text that are sought under another word's name."""
    heads = synonyms()
    backwards = {head: word for word, head in heads.items() if word in text and head not in text}
    return tuple(
        SynonymUsed(word=backwards[head], stands_for=head)
        for head in query_tokens(text)
        if head in backwards
    )


def _pieces(typed: str, vocabulary: Vocabulary) -> Iterator[_Piece]:
    runs = _joined_syllables(_RUN.findall(typed), vocabulary)
    for run in runs:
        if not run[0].isalnum():
            yield _Piece(typed=run, meant=run)
        elif _LETTERS.search(run):
            yield from _letter_pieces(run, vocabulary)
        else:
            yield from _character_pieces(run, vocabulary)


def _joined_syllables(runs: list[str], vocabulary: Vocabulary) -> list[str]:
    """Pinyin typed with gaps as one run: shu kong is shukong."""
    joined: list[str] = []
    last = ""
    for run in runs:
        gap = len(joined) > 1 and joined[-1] == " "
        if gap and all(_is_syllable(one, vocabulary) for one in (run, last)):
            joined[-2:] = [joined[-2] + run]
        else:
            joined.append(run)
        last = run if run.strip() else last
    return joined


def _is_syllable(run: str, vocabulary: Vocabulary) -> bool:
    return (
        len(run) <= LONGEST_SYLLABLE
        and _LETTERS.fullmatch(run) is not None
        and run not in vocabulary
    )


def _letter_pieces(run: str, vocabulary: Vocabulary) -> Iterator[_Piece]:
    digits = _DIGITS_AT_START.match(run)
    if digits:
        yield _Piece(typed=digits[1], meant=digits[1])
        run = digits[2]
    if not run:
        return
    letters = _LETTERS.findall(run)
    if all(part in vocabulary for part in letters):  # plc编程, web前端
        for part in re.findall(r"[a-z0-9]+|[^a-z0-9]+", run):
            known = part.isascii()
            yield from (
                [_Piece(typed=part, meant=part)] if known else _character_pieces(part, vocabulary)
            )
        return
    path = read_letters(run, vocabulary)
    if path is None or all(reading.how == "typed" for reading in path):
        yield _Piece(typed=run, meant=run)
        return
    whole = words_of_letters(run, vocabulary, limit=MOST_READINGS) if len(path) == 1 else []
    meant = "".join(reading.word for reading in path)
    how = max((reading.how for reading in path), key=_ORDER.index)
    yield _Piece(
        typed=run,
        meant=meant,
        changes=(Change(typed=run, meant=meant, how=how, sure=True),),
        readings=PinyinReading(letters=run, words=tuple(dict.fromkeys([meant, *whole]))),
    )


_ORDER: Final = ["typed", "pinyin", "initials", "letters"]


def _character_pieces(run: str, vocabulary: Vocabulary) -> Iterator[_Piece]:
    kept = known_places(run, vocabulary)
    for reading in read_characters(run, vocabulary):
        typed = run[reading.start : reading.end]
        if reading.how == "typed":
            yield _Piece(typed=typed, meant=typed)
            continue
        sure = not breaks_known(reading.touched, reading.how, kept)
        change = Change(typed=typed, meant=reading.word, how=reading.how, sure=sure)
        yield _Piece(typed=typed, meant=reading.word, changes=(change,))


def _alternatives(pieces: list[_Piece]) -> Iterator[str]:
    """The whole query with another reading of one of its runs of letters."""
    for place, piece in enumerate(pieces):
        for word in piece.readings.words[1:] if piece.readings else ():
            yield "".join(
                word if here == place else other.meant for here, other in enumerate(pieces)
            )
