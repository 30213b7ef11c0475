"""Facts of publications."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class EditionSubmitted(Event):
    """An edition waits for somebody else's approval (送审)."""

    edition_id: int


@dataclass(frozen=True, kw_only=True)
class EditionPublished(Event):
    """An edition is out and stays as it is (发布)."""

    edition_id: int
    kind: str
    division: str


@dataclass(frozen=True, kw_only=True)
class EditionWithdrawn(Event):
    """A published edition no longer holds (撤下)."""

    edition_id: int
