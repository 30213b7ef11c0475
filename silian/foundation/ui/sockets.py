"""Sockets: places on lower pages where upper modules plug in what they have to show.

A module plugs in from its ``panels.py``; the page that owns the socket asks each plug with the
actor and shows what comes back. A plug does its own permission check and returns nothing when
the actor may not see.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui.counting import WorkWaiting

PlugT = TypeVar("PlugT")


class Socket(Generic[PlugT]):
    """An ordered place to plug things in."""

    def __init__(self) -> None:
        self._plugs: list[tuple[int, PlugT]] = []

    def plug(self, item: PlugT, *, order: int = 100) -> PlugT:
        self._plugs.append((order, item))
        self._plugs.sort(key=lambda pair: pair[0])
        return item

    def __iter__(self) -> Iterator[PlugT]:
        return (item for _, item in self._plugs)


@dataclass(frozen=True, kw_only=True)
class NavigationItem:
    """A line of the workbench's side menu (导航).

    ``count`` is work waiting, shown at the end: rows not yet counted, which the frame counts
    together with those of all other lines, or a number.
    """

    section: str
    label: str
    url_name: str
    icon: str
    visible: Callable[[Actor], bool]
    count: Callable[[Actor], WorkWaiting] | None = None


@dataclass(frozen=True, kw_only=True)
class Todo:
    """One thing to do, with its clock (待办)."""

    title: str
    detail: str
    url: str
    action: str
    due_at: datetime.datetime | None = None
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number on a workbench or the portal that opens to its rows (数字)."""

    label: str
    value: str
    unit: str
    note: str
    url: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A block on another module's page: a template and the context for it."""

    template: str
    context: dict[str, Any]


navigation: Socket[NavigationItem] = Socket()
todos: Socket[Callable[[Actor, datetime.datetime], Sequence[Todo]]] = Socket()
figures: Socket[Callable[[Actor, datetime.datetime], Sequence[Figure]]] = Socket()
public_figures: Socket[Callable[[datetime.datetime], Sequence[Figure]]] = Socket()
panels: defaultdict[str, Socket[Callable[[Actor, Any], Panel | None]]] = defaultdict(Socket)


def plugged_panels(place: str, *, actor: Actor, subject: Any) -> list[Panel]:
    """What the modules above show at ``place`` about ``subject`` to ``actor``."""
    shown = (plug(actor, subject) for plug in panels[place])
    return [panel for panel in shown if panel is not None]


@dataclass(frozen=True, kw_only=True)
class Identity:
    """One organisation, with the actor's roles there, that the actor may act for (身份)."""

    value: str
    organisation: str
    role: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class IdentityMenu:
    """The switch in the frame: posts ``field`` to ``url`` (切换单位)."""

    url: str
    field: str
    identities: Sequence[Identity]


@dataclass(frozen=True, kw_only=True)
class Bell:
    """The way to unread notices, with their number (消息)."""

    url: str
    unread: int


@dataclass(frozen=True, kw_only=True)
class SearchBox:
    """Where the frame's ``/`` search box goes (搜索)."""

    url: str
    placeholder: str
    field: str = "q"
    suggest_url: str = ""  # answers {"results": [{"text", "note", "url"}]} to ?q= while one types


@dataclass(frozen=True, kw_only=True)
class FrameLink:
    """A plain link of the portal's head or foot, or of the user menu."""

    label: str
    url_name: str
    icon: str = ""


identities: Socket[Callable[[Actor], IdentityMenu | None]] = Socket()
bells: Socket[Callable[[Actor], Bell | None]] = Socket()
search_boxes: Socket[Callable[[Actor], SearchBox | None]] = Socket()
portal_links: Socket[FrameLink] = Socket()
foot_links: Socket[FrameLink] = Socket()
account_links: Socket[FrameLink] = Socket()
entrance_links: Socket[Callable[[], FrameLink | None]] = Socket()  # beside 登录, for visitors
region_names: Socket[Callable[[], str]] = Socket()
