"""What of a row goes into the index: its words by weight, its filters and its facts (检索文档)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from silian.foundation.kernel.actors import subtree_prefix

BODY_CHARACTERS = 3_000  # what a text says later hardly ever tells it from others


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a result is ordered and bounded by."""

    published_at: datetime.datetime
    pay: Decimal | None = None
    starts_on: datetime.date | None = None


@dataclass(frozen=True, kw_only=True)
class SearchDocument:
    """One row as the engines see it.

    ``title``, ``names`` and ``body`` are tokens of ``silian_engines.matching.segmentation``.
    ``filters`` maps a name to values; of a tree it holds the value and all above it, top first.
    It always names ``visibility`` (``public``, ``members``); what nobody else may read has no
    document at all.
    """

    subject: str
    object_id: int
    title: Sequence[str]
    names: Sequence[str] = ()
    body: Sequence[str] = ()
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    facts: Facts


def division_path(code: str) -> list[str]:
    """A division and those that hold it, by GB/T 2260 prefix: 990104 → 990000, 990100, 990104."""
    levels = [code[:2] + "0000", code[:4] + "00", code]
    return list(dict.fromkeys(level for level in levels if code.startswith(subtree_prefix(level))))


def verified_value(is_verified: bool) -> str:
    """How the filter ``verified`` says whether the unit behind a row is verified."""
    return "yes" if is_verified else "no"
