"""What the public pages of the catalogues show: counts, children, history."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from silian.foundation.reference.choices import LEVEL_NAMES, Catalogue, DivisionKind
from silian.foundation.reference.models import CatalogueUpload, CatalogueVersion, Entry
from silian.foundation.reference.queries.entries import MODELS, full_names, usable_entries


@dataclass(frozen=True, kw_only=True)
class Level:
    """A level of a catalogue with the number of entries that stand there (层级与数量)."""

    name: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Branch:
    """An entry in a list, with what lies below it (目录分支)."""

    entry: Any
    below: tuple[Level, ...]
    above: str = ""


@dataclass(frozen=True, kw_only=True)
class Overview:
    """A catalogue on the page of all catalogues (目录概况)."""

    catalogue: Catalogue
    version: CatalogueVersion | None
    levels: tuple[Level, ...]


def current_version(*, catalogue: str) -> CatalogueVersion | None:
    """The newest loaded edition (现行版本)."""
    return (
        CatalogueVersion.objects.filter(catalogue=catalogue, valid_to__isnull=True)
        .order_by("-valid_from", "-pk")
        .first()
    )


def overviews() -> list[Overview]:
    """Every catalogue with its edition and its counts."""
    return [
        Overview(
            catalogue=catalogue,
            version=current_version(catalogue=catalogue),
            levels=level_counts(usable_entries(catalogue=catalogue), catalogue=catalogue),
        )
        for catalogue in Catalogue
    ]


def level_counts(entries: QuerySet[Any], *, catalogue: str) -> tuple[Level, ...]:
    """How many entries stand at each level.

    Headings that are also their only occupation count at both levels, as the official totals do.
    Divisions count once, and only real ones: neither zones of statistics nor the demonstration.
    """
    if catalogue == Catalogue.DIVISION:
        entries = entries.filter(kind=DivisionKind.REGULAR)
    spans = entries.order_by().values_list("level", "bottom_level").annotate(Count("pk"))
    names = LEVEL_NAMES[catalogue]
    counts = [0] * (len(names) + 1)
    for level, bottom, number in spans:
        last = level if catalogue == Catalogue.DIVISION else max(level, bottom)
        for place in range(level, last + 1):
            counts[place] += number
    return tuple(Level(name=name, count=counts[place]) for place, name in enumerate(names, start=1))


def branches(*, catalogue: str, parent: Entry | None = None) -> list[Branch]:
    """The entries directly below ``parent``, or the broadest, each with counts; two queries."""
    entries = usable_entries(catalogue=catalogue).filter(parent=parent).order_by("code")
    counts = counts_below(catalogue=catalogue, parent=parent)
    return [Branch(entry=entry, below=counts.get(entry.key, ())) for entry in entries]


def counts_below(*, catalogue: str, parent: Entry | None) -> dict[str, tuple[Level, ...]]:
    """By key of a child of ``parent``, the number of entries below it at each level.

    The parts add up to ``level_counts``: zones of statistics are left out, and an entry that
    spans levels counts at each of them but its own.
    """
    place = len(parent.path) if parent else 0
    entries = usable_entries(catalogue=catalogue).filter(path__len__gt=place)
    if parent:
        entries = entries.below(parent.key)
    if catalogue == Catalogue.DIVISION:
        entries = entries.exclude(kind=DivisionKind.STATISTICAL)
    rows = (
        entries.order_by()
        .values_list(f"path__{place}", "path__len", "level", "bottom_level")
        .annotate(Count("pk"))
    )
    found: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for key, length, level, bottom, number in rows:
        first = level + 1 if length == place + 1 else level
        last = level if catalogue == Catalogue.DIVISION else max(level, bottom)
        for stand in range(first, last + 1):
            found[key][stand] += number
    names = LEVEL_NAMES[catalogue]
    return {
        key: tuple(Level(name=names[stand - 1], count=counts[stand]) for stand in sorted(counts))
        for key, counts in found.items()
    }


def ended_children(*, catalogue: str, parent: Entry) -> list[Any]:
    """The entries below ``parent`` that have ended (已停用)."""
    below = MODELS[catalogue].objects.filter(parent=parent, valid_to__isnull=False)
    return list(below.order_by("-valid_to", "code"))


def found_branches(*, catalogue: str, entries: Sequence[Any]) -> list[Branch]:
    """Search results with the names of what lies above them; one query."""
    names = full_names(catalogue=catalogue, entries=entries)
    return [
        Branch(entry=entry, below=(), above=names[entry.key].rpartition(" · ")[0])
        for entry in entries
    ]


def without_content(uploads: QuerySet[CatalogueUpload]) -> QuerySet[CatalogueUpload]:
    """Uploaded files for a list, newest first, without their long content."""
    return uploads.defer("content").order_by("-uploaded_at")
