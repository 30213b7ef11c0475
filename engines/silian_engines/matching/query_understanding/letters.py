"""Runs with letters read as pinyin: shukong, skcc, shukogn and 数kong are 数控 (拼音)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from silian_engines.matching.query_understanding.edits import letter_slips
from silian_engines.matching.query_understanding.lattice import Reading, cheapest_path
from silian_engines.matching.query_understanding.sounds import readings_of
from silian_engines.matching.query_understanding.vocabulary import Vocabulary

LONGEST_RUN: Final = 40
LONGEST_SOUND: Final = 30
SHORTEST_SLIPPED: Final = 4
WORD: Final = 1.0
KEPT_CHARACTER: Final = 2.6
INITIALS: Final = 3.0
SLIP: Final = 2.0


@dataclass(frozen=True, kw_only=True)
class _Run:
    """What is typed, and what it sounds like up to each place."""

    typed: str
    vocabulary: Vocabulary

    def sound(self, start: int, end: int) -> str:
        return "".join(_spelled(one) for one in self.typed[start:end])


def _spelled(one: str) -> str:
    return one if one.isascii() else next(iter(readings_of(one)), "")


def read_letters(typed: str, vocabulary: Vocabulary, /) -> list[Reading] | None:
    """The run as words of the vocabulary, or None when it is no pinyin of ours."""
    if len(typed) > LONGEST_RUN:
        return None
    run = _Run(typed=typed, vocabulary=vocabulary)
    exact = cheapest_path(
        length=len(typed), readings_from=lambda start: _exact_readings(run, start)
    )
    return exact or _read_with_a_slip(run)


def words_of_letters(letters: str, vocabulary: Vocabulary, /, *, limit: int) -> list[str]:
    """Words that the letters may stand for, whole or as initials, the most usual first."""
    whole = vocabulary.by_pinyin.get(letters, [])
    initials = vocabulary.by_initials.get(letters, [])
    return list(dict.fromkeys([*whole, *initials]))[:limit]


def _exact_readings(run: _Run, start: int) -> Iterator[Reading]:
    if not run.typed[start].isascii():
        yield Reading(
            start=start, end=start + 1, word=run.typed[start], how="typed", cost=KEPT_CHARACTER
        )
    for end in range(start + 1, min(start + LONGEST_SOUND, len(run.typed)) + 1):
        part = run.typed[start:end]
        if part in run.vocabulary.frequency:
            yield _reading(run, start, end, word=part, how="typed", price=0)
            continue
        for word in run.vocabulary.by_pinyin.get(run.sound(start, end), ()):
            if holds_in_order(word, part):
                yield _reading(run, start, end, word=word, how="pinyin", price=0)
                break
        if part.isascii() and len(part) > 1:
            for word in run.vocabulary.by_initials.get(part, ())[:1]:
                yield _reading(run, start, end, word=word, how="initials", price=INITIALS)


def _reading(run: _Run, start: int, end: int, *, word: str, how: str, price: float) -> Reading:
    cost = WORD + run.vocabulary.rarity(word) + price
    return Reading(start=start, end=end, word=word, how=how, cost=cost)


def holds_in_order(word: str, part: str, /) -> bool:
    """Whether the word keeps every Chinese character that was typed, in order."""
    rest = iter(word)
    return all(one in rest for one in part if not one.isascii())


def _read_with_a_slip(run: _Run) -> list[Reading] | None:
    """One wrong, missing, extra or swapped letter; the parts around it must be exact."""
    found: list[tuple[float, list[Reading]]] = []
    for start, end in _gaps(run):
        slipped = _slipped_word(run, start, end)
        if slipped is None:
            continue
        before = _exact_part(run, 0, start)
        after = _exact_part(run, end, len(run.typed))
        if before is not None and after is not None:
            path = [*before, slipped, *after]
            found.append((sum(reading.cost for reading in path), path))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _gaps(run: _Run) -> list[tuple[int, int]]:
    """The whole run, and its parts before or after an exact word."""
    length = len(run.typed)
    heads = [end for end in range(2, length) if _is_exact_word(run, 0, end)]
    tails = [start for start in range(1, length - 1) if _is_exact_word(run, start, length)]
    return [(0, length), *((end, length) for end in heads), *((0, start) for start in tails)]


def _is_exact_word(run: _Run, start: int, end: int) -> bool:
    part = run.typed[start:end]
    words = run.vocabulary.by_pinyin.get(run.sound(start, end), ())
    return part in run.vocabulary.frequency or any(holds_in_order(word, part) for word in words)


def _exact_part(run: _Run, start: int, end: int) -> list[Reading] | None:
    if start == end:
        return []
    part = _Run(typed=run.typed[start:end], vocabulary=run.vocabulary)
    path = cheapest_path(
        length=end - start, readings_from=lambda place: _exact_readings(part, place)
    )
    if path is None:
        return None
    return [
        Reading(
            start=one.start + start, end=one.end + start, word=one.word, how=one.how, cost=one.cost
        )
        for one in path
    ]


def _slipped_word(run: _Run, start: int, end: int) -> Reading | None:
    sound = run.sound(start, end)
    part = run.typed[start:end]
    if not SHORTEST_SLIPPED <= len(sound) <= LONGEST_SOUND:
        return None
    best: Reading | None = None
    for spelling in letter_slips(sound):
        words = run.vocabulary.by_pinyin.get(spelling, ())
        if spelling in run.vocabulary.frequency and part.isascii():
            words = [spelling, *words]
        for word in words:
            if holds_in_order(word, part):
                reading = _reading(run, start, end, word=word, how="letters", price=SLIP)
                best = reading if best is None or reading.cost < best.cost else best
                break
    return best
