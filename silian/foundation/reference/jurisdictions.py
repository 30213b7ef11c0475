"""Jurisdictions: which divisions an official's region holds, and whose rule counts where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from silian.foundation.kernel.actors import subtree_prefix

ValueT = TypeVar("ValueT")
NATION = ""
CODE_LENGTH = 6


def lies_in(division: str, *, jurisdiction: str) -> bool:
    """Whether ``division`` is ``jurisdiction`` or lies below it; the nation holds everything.

    Basis: GB/T 2260, two digits a level.
    """
    return division.startswith(subtree_prefix(jurisdiction)) if jurisdiction else True


def widening(division: str) -> Iterator[str]:
    """The division, then the wider ones: 530302, 530300, 530000, nation (empty)."""
    prefix = subtree_prefix(division) if division else NATION
    while prefix:
        yield prefix.ljust(CODE_LENGTH, "0")
        prefix = prefix[:-2]
    yield NATION


def resolve_longest(code: str, mapping: Mapping[str, ValueT]) -> ValueT | None:
    """The value of the narrowest division that has one: county, city, province, nation.

    Keys are six-digit codes; the nation's key is an empty string.
    """
    return next((mapping[place] for place in widening(code) if place in mapping), None)
