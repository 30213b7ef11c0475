"""The filter column of a list: boxes with counts, a search line, chips of what is chosen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from silian.foundation.ui.components import Chip, Facet, Option

SHOWN_OPTIONS = 8  # more stand behind 更多, so that the column stays readable


def facet(
    *,
    request: HttpRequest,
    name: str,
    label: str,
    choices: Iterable[tuple[str, str]],
    counts: Mapping[str, int] | None = None,
    single: bool = False,
) -> Facet:
    """A group of boxes with what is chosen in the address (筛选项)."""
    chosen = set(request.GET.getlist(name))
    options = [
        Option(
            value=str(value),
            label=str(text),
            count=counts.get(str(value), 0) if counts is not None else None,
            chosen=str(value) in chosen,
        )
        for value, text in choices
    ]
    return Facet(name=name, label=label, options=options, single=single)


def words_typed(request: HttpRequest) -> str:
    """The search words in the address, without the character that no database row can hold."""
    return request.GET.get("q", "").replace("\x00", "").strip()


@dataclass(kw_only=True)
class FilterBar:
    """Search line, facets and chips of one list (筛选). All state stands in the address."""

    request: HttpRequest
    facets: Sequence[Facet] = ()
    placeholder: str = "关键词"
    search: bool = True
    target: str = "sl-results"
    kept: Sequence[str] = ("sort", "columns")

    @property
    def text(self) -> str:
        return words_typed(self.request)

    @cached_property
    def chips(self) -> list[Chip]:
        chosen = [Chip(label=f"“{self.text}”", remove_url=self.without("q"))] if self.text else []
        for group in self.facets:
            chosen += [
                Chip(label=option.label, remove_url=self.without(group.name, option.value))
                for option in group.options
                if option.chosen
            ]
        return chosen

    @property
    def counts_json(self) -> str:
        """The numbers beside the boxes; ``data-sl-counts`` inside the results renews them."""
        counts = {
            group.name: {option.value: option.count for option in group.options}
            for group in self.facets
            if any(option.count is not None for option in group.options)
        }
        return json.dumps(counts, ensure_ascii=False)

    @property
    def clear_url(self) -> str:
        return self.request.path

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form carries along although it has no box for it."""
        return [(name, value) for name in self.kept for value in self.request.GET.getlist(name)]

    def without(self, name: str, value: str | None = None) -> str:
        """The address without one chosen value, at its first page."""
        query = self.request.GET.copy()
        left = [] if value is None else [kept for kept in query.getlist(name) if kept != value]
        query.setlist(name, left)
        for passing in ("after", "before"):
            query.pop(passing, None)
        encoded = query.urlencode()
        return f"{self.request.path}?{encoded}" if encoded else self.request.path
