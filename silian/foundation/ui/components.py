"""Values that the tags draw: entries of a timeline, facts, files, chips."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.utils import timezone

Tone = Literal["ok", "watch", "late", "info", "unset", "open"]

SHAPES: dict[str, str] = {
    "ok": "check-circle-fill",
    "watch": "exclamation-triangle-fill",
    "late": "x-octagon-fill",
    "info": "info-circle",
    "unset": "dash-circle-dotted",
    "open": "circle",
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a history: when, who, what, and what they said (经过)."""

    at: datetime.datetime | datetime.date
    what: str
    who: str = ""
    note: str = ""
    tone: Tone = "open"
    url: str = ""

    @property
    def shape(self) -> str:
        return SHAPES[self.tone]

    @property
    def when(self) -> str:
        """The day, and the minute when it is known."""
        if isinstance(self.at, datetime.datetime):
            return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M}"
        return f"{self.at:%Y-%m-%d}"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A name and its value, with the unit, source and way to the rows when known (事项)."""

    name: str
    value: str
    source: str = ""
    url: str = ""
    wide: bool = False


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A checkable fact that is met or missing (为什么)."""

    text: str
    met: bool = True
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class EvidenceFile:
    """A file that proves something: ``url`` opens it, ``preview_url`` shows it (证据)."""

    name: str
    url: str
    content_type: str
    size: int
    added_at: datetime.datetime | None = None
    added_by: str = ""
    checksum: str = ""
    preview_url: str = ""

    @property
    def preview(self) -> str:
        """How it can be shown inside the page: image, pdf or not at all."""
        if self.content_type.startswith("image/"):
            return "image"
        return "pdf" if self.content_type == "application/pdf" else ""


@dataclass(frozen=True, kw_only=True)
class Chip:
    """A filter that is on, with the address of the page without it (已选条件)."""

    label: str
    remove_url: str


@dataclass(frozen=True, kw_only=True)
class Option:
    """A box of a facet: how many rows it would leave (选项)."""

    value: str
    label: str
    count: int | None = None
    chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A group of boxes in the filter column (筛选项)."""

    name: str
    label: str
    options: Sequence[Option] = field(default_factory=tuple)
    single: bool = False
