"""Strings one slip of the finger apart: wrong, missing, extra or swapped characters."""

from __future__ import annotations

from collections.abc import Iterator

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def one_less(text: str, /) -> Iterator[str]:
    """The text with one character left out; also the keys that two words one slip apart share."""
    for place in range(len(text)):
        if place and text[place] == text[place - 1]:
            continue
        yield text[:place] + text[place + 1 :]


def one_swap(text: str, /) -> Iterator[str]:
    """The text with two neighbours swapped."""
    for place in range(len(text) - 1):
        if text[place] != text[place + 1]:
            yield text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def letter_slips(text: str, /) -> Iterator[str]:
    """Every string of letters one slip away; the first letter is seldom the wrong one."""
    yield from one_swap(text)
    yield from one_less(text)
    for place in range(1, len(text) + 1):
        for letter in LETTERS:
            yield text[:place] + letter + text[place:]
            if place < len(text):
                yield text[:place] + letter + text[place + 1 :]


def one_slip(typed: str, meant: str, /) -> tuple[str, int] | None:
    """The single slip that turns ``meant`` into ``typed``, and where in ``typed``, or None."""
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    rest, wanted = typed[start:], meant[start:]
    if len(typed) == len(meant) and rest:
        if rest[1:] == wanted[1:]:
            return "wrong", start
        swapped = len(rest) > 1 and rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:]
        return ("swapped", start) if swapped else None
    if rest == wanted[1:] and len(meant) == len(typed) + 1:
        return "missing", start
    if rest[1:] == wanted and len(typed) == len(meant) + 1:
        return "extra", start
    return None
