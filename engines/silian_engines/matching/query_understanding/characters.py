"""Chinese runs read against the vocabulary: 数空机床 is 数控机床 (同音字、错字、漏字、多字、颠倒).

A character inside a known word is never held to be wrong: what is known stays as it was typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from silian_engines.matching.query_understanding.edits import one_slip, one_swap
from silian_engines.matching.query_understanding.lattice import Reading, cheapest_path
from silian_engines.matching.query_understanding.sounds import sound_keys, sounds_same
from silian_engines.matching.query_understanding.vocabulary import LONGEST_WORD, Vocabulary

LONGEST_RUN: Final = 24
WORD: Final = 1.0
KNOWN_CHARACTER: Final = 2.0
UNKNOWN_CHARACTER: Final = 2.6
SAME_SOUND: Final = 0.7
NEAR_SOUND: Final = 1.0
SLIP: Final = {3: 2.4}
LONGER_SLIP: Final = 1.6
SWAPPED_PAIR: Final = 2.2
INSIDE_KNOWN: Final = 0.8


def read_characters(run: str, vocabulary: Vocabulary, /) -> list[Reading]:
    """The run as known words, slips put right where no known word is touched."""
    if run in vocabulary or len(run) > LONGEST_RUN or len(run) == 1:
        return [Reading(start=0, end=len(run), word=run, how="typed", cost=0)]
    kept = known_places(run, vocabulary)
    path = cheapest_path(
        length=len(run),
        readings_from=lambda start: _readings_from(run, start, vocabulary, kept),
    )
    return path or []


def known_places(run: str, vocabulary: Vocabulary, /) -> list[tuple[int, int]]:
    """Where known words stand in the run, by the fewest words and loose characters."""
    path = cheapest_path(
        length=len(run), readings_from=lambda start: _as_typed(run, start, vocabulary)
    )
    return [(part.start, part.end) for part in path or [] if part.end - part.start > 1]


def _as_typed(run: str, start: int, vocabulary: Vocabulary) -> Iterator[Reading]:
    for end in range(start + 1, min(start + LONGEST_WORD, len(run)) + 1):
        word = run[start:end]
        if end - start == 1:
            cost = KNOWN_CHARACTER if word in vocabulary else UNKNOWN_CHARACTER
        elif vocabulary.knows(word):
            cost = WORD + vocabulary.rarity(word)
        else:
            continue
        yield Reading(start=start, end=end, word=word, how="typed", cost=cost)


def _readings_from(
    run: str, start: int, vocabulary: Vocabulary, kept: list[tuple[int, int]]
) -> Iterator[Reading]:
    yield from _as_typed(run, start, vocabulary)
    for end in range(start + 2, min(start + LONGEST_WORD, len(run)) + 1):
        typed = run[start:end]
        if typed in vocabulary:
            continue
        slips = [*_by_sound(typed, vocabulary), *_by_slip(typed, vocabulary)]
        for word, how, price, touched in slips:
            places = tuple(start + place for place in touched)
            price += INSIDE_KNOWN * breaks_known(places, how, kept)
            cost = WORD + vocabulary.rarity(word) + price
            yield Reading(start=start, end=end, word=word, how=how, cost=cost, touched=places)


def breaks_known(places: tuple[int, ...], how: str, kept: list[tuple[int, int]]) -> bool:
    """Whether a change at these places falls inside a known word."""
    if how == "missing":  # between two characters: inside only when the word holds both
        return any(start < place < end for place in places for start, end in kept)
    return any(start <= place < end for place in places for start, end in kept)


_Slip = tuple[str, str, float, tuple[int, ...]]


def _by_sound(typed: str, vocabulary: Vocabulary) -> Iterator[_Slip]:
    for key in sound_keys(typed):
        for word in vocabulary.by_sound.get(key, ()):
            pairs = zip(typed, word, strict=True)
            touched = tuple(place for place, (a, b) in enumerate(pairs) if a != b)
            if not touched:
                continue
            exact = all(sounds_same(typed[place], word[place]) for place in touched)
            price = (SAME_SOUND if exact else NEAR_SOUND) * (1 + len(touched)) / 2
            yield word, "same_sound" if exact else "near_sound", price, touched


def _by_slip(typed: str, vocabulary: Vocabulary) -> Iterator[_Slip]:
    if len(typed) == 2:
        for word in one_swap(typed):
            if word in vocabulary:
                yield word, "swapped", SWAPPED_PAIR, (0, 1)
        return
    for word in vocabulary.one_slip_away(typed):
        slip = one_slip(typed, word)
        if slip:
            how, place = slip
            touched = (place, place + 1) if how == "swapped" else (place,)
            yield word, how, SLIP.get(len(word), LONGER_SLIP), touched
