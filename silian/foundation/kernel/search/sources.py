"""Which modules make rows findable, and how the search reads them (检索来源).

A module registers its source in its ``panels`` room::

    register_source(SearchSource(subject="listing", label="供需", ...))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.search.documents import SearchDocument


@dataclass(frozen=True, kw_only=True)
class SearchSource:
    """How one subject is read for the index and shown from it.

    ``documents_of`` gives the documents of those of the rows that may be found at all; a number
    without a document leaves the index. ``ids`` walks the findable rows by number, at most so many
    after a given one. ``visible_to`` reads hits again under the actor's permissions.
    """

    subject: str
    label: str
    documents_of: Callable[[Sequence[int]], Iterable[SearchDocument]]
    ids: Callable[[int, int], list[int]]
    total: Callable[[], int]
    visible_to: Callable[[Actor, Sequence[int]], Mapping[int, Any]]
    order: int = 100


_sources: dict[str, SearchSource] = {}


def register_source(source: SearchSource) -> None:
    """Make the rows of a subject findable."""
    if source.subject in _sources:
        raise ValueError(f"the subject {source.subject} has a source already")
    _sources[source.subject] = source


def sources() -> list[SearchSource]:
    """Every source, in the order of tabs on the page."""
    return sorted(_sources.values(), key=lambda source: (source.order, source.subject))


def source_of(subject: str) -> SearchSource:
    """The source of one subject."""
    return _sources[subject]
