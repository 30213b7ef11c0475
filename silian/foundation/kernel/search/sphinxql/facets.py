"""Counting facets in a cluster that speaks SphinxQL (筛选计数)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from silian.foundation.kernel.search.requests import SearchRequest
from silian.foundation.kernel.search.sphinxql.questions import (
    FEW_VALUES,
    MOST_VALUES,
    facet_question,
    values_question,
)
from silian.foundation.kernel.search.sphinxql.servers import Rows, Servers

WIDER = 6  # times the room that was too small
META = "SHOW META"


class FacetCounter:
    """Keeps what numbers stand for, and how many values each facet was seen to have."""

    def __init__(self, servers: Servers) -> None:
        self.servers = servers
        self._values: dict[int, str] = {}
        self._room: dict[str, int] = {}

    def count(
        self, request: SearchRequest, *, hidden: Sequence[int]
    ) -> tuple[dict[str, dict[str, int]], str]:
        """The counts of every facet asked for, and the warning of the servers, if there is one.

        Facets whose own filter is not in force ask the same of the documents: sent together they
        are answered in one pass. One question of another kind among them would cost eight passes.
        """
        alone = [name for name in request.facets if request.values_of(name)]
        together = [name for name in request.facets if name not in alone]
        counts: dict[str, Rows] = {}
        warning = ""
        for names in (together, *([name] for name in alone)):
            if names:
                rows, told = self._asked(request, names, hidden=hidden)
                counts |= dict(zip(names, rows, strict=True))
                warning = warning or told
        self._learn(int(row[0]) for rows in counts.values() for row in rows)
        return {name: self._named(counts[name]) for name in request.facets}, warning

    def _asked(
        self, request: SearchRequest, names: Sequence[str], *, hidden: Sequence[int]
    ) -> tuple[list[Rows], str]:
        rooms = {name: self._room.get(name, FEW_VALUES) for name in names}
        *counts, meta = self.servers.ask(
            *(facet_question(request, name, room=rooms[name], hidden=hidden) for name in names),
            META,
        )
        full = [
            name
            for name, rows in zip(names, counts, strict=True)
            if len(rows) >= rooms[name] < MOST_VALUES
        ]
        if full:
            self._room |= {name: min(rooms[name] * WIDER, MOST_VALUES) for name in full}
            return self._asked(request, names, hidden=hidden)
        facts: dict[str, str] = dict(meta)
        return counts, facts.get("warning", "")

    def _learn(self, numbers: Iterable[int]) -> None:
        """Read what numbers stand for; that never changes."""
        unknown = set(numbers) - self._values.keys()
        if unknown:
            found = self.servers.ask(values_question(unknown))[0]
            self._values |= {int(number): str(value) for number, value in found}

    def _named(self, rows: Rows) -> dict[str, int]:
        pairs = ((int(number), int(amount)) for number, amount in rows)
        return {self._values[key]: amount for key, amount in pairs if key in self._values}
