"""The side menu as drawn: lines under headings that fold, with the work that waits (菜单)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import counted_together

FOLDED_COOKIE = "sl_menu"  # what a reader opened and folded by hand, written by menus.js
SHORT_MENU = 18  # lines that stand on a laptop's screen without scrolling


@dataclass(frozen=True, kw_only=True)
class MenuLine:
    """A line of the side menu as drawn (菜单项)."""

    label: str
    url: str
    icon: str
    count: int
    active: bool


@dataclass(frozen=True, kw_only=True)
class MenuSection:
    """Lines under one heading that folds; the first section has none (菜单分组)."""

    name: str
    lines: list[MenuLine]
    is_open: bool = True

    @property
    def key(self) -> str:
        return section_key(self.name)

    @property
    def waiting(self) -> int:
        """The work that a folded heading still shows."""
        return sum(line.count for line in self.lines)


def section_key(name: str) -> str:
    """The short name under which a heading is remembered."""
    return f"{zlib.crc32(name.encode()):08x}"


def menu_of(
    items: Iterable[tuple[sockets.NavigationItem, str]], *, actor: Actor, active: str, folded: str
) -> list[MenuSection]:
    """The lines grouped by heading, in the order plugged; ``folded`` is what was remembered."""
    shown = list(items)
    counts = counts_of([item for item, _ in shown], actor=actor)
    grouped: dict[str, list[MenuLine]] = {}
    for (item, url), count in zip(shown, counts, strict=True):
        line = MenuLine(
            label=item.label, url=url, icon=item.icon, count=count, active=url == active
        )
        grouped.setdefault(item.section, []).append(line)
    remembered = remembered_folds(folded)
    is_short = len(shown) <= SHORT_MENU
    return [
        MenuSection(
            name=name,
            lines=lines,
            is_open=any(line.active for line in lines)
            or remembered.get(section_key(name), is_short),
        )
        for name, lines in grouped.items()
    ]


def counts_of(items: list[sockets.NavigationItem], *, actor: Actor) -> list[int]:
    return counted_together([item.count(actor) if item.count else 0 for item in items])


def remembered_folds(text: str) -> dict[str, bool]:
    """Which headings were opened or folded by hand.

    >>> remembered_folds("0a1b2c3d:1.ffffffff:0.nonsense")
    {'0a1b2c3d': True, 'ffffffff': False}
    """
    pairs = [part.partition(":") for part in text.split(".")]
    return {key: state == "1" for key, _, state in pairs if state in {"0", "1"}}
