"""What of a row goes into the index: its words by weight, its filters and its facts (检索文档)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal


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
