"""What happens to list items, told to others."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ListItemOpened(Event):
    item_id: int


@dataclass(frozen=True, kw_only=True)
class ListItemClaimed(Event):
    """Somebody asks that the item be closed."""

    item_id: int
    note_id: int


@dataclass(frozen=True, kw_only=True)
class ListItemReturned(Event):
    item_id: int
    note_id: int


@dataclass(frozen=True, kw_only=True)
class ListItemClosed(Event):
    item_id: int


@dataclass(frozen=True, kw_only=True)
class ListItemReopened(Event):
    item_id: int
    note_id: int
