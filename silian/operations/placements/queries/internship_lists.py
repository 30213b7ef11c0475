"""The register of internships: rows with what lists read, filters, counts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q, QuerySet

from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.models import Internship
from silian.operations.placements.queries.readiness import missing_of
from silian.operations.placements.rules.readiness import Missing

MOST_OPTIONS = 60
SHOWN_MISSING = 2
NOT_STARTED = (InternshipState.PLANNED, InternshipState.PREPARING)


@dataclass(frozen=True, kw_only=True)
class InternshipChoice:
    """What a reader asks of the register (筛选)."""

    text: str = ""
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)


FILTERS = {
    "state": "state",
    "kind": "kind",
    "arrangement": "arrangement",
    "class": "school_class_id",
    "organisation": "organisation_id",
    "school": "school_id",
}


def for_list(rows: QuerySet[Internship]) -> QuerySet[Internship]:
    """The rows with the names that a list shows."""
    return rows.select_related(
        "person", "school", "school_class", "organisation", "post", "teacher", "mentor", "division"
    )


def chosen_internships(
    rows: QuerySet[Internship], choice: InternshipChoice
) -> QuerySet[Internship]:
    """The rows that match every filter; several values of one filter are alternatives."""
    for name, wanted in choice.values.items():
        lookup = FILTERS[name]
        if lookup.endswith("_id"):
            wanted = [value for value in wanted if value.isdigit()]
        if wanted:
            rows = rows.filter(**{f"{lookup}__in": wanted})
    if choice.text:
        rows = rows.filter(matching(choice.text))
    return rows


def matching(text: str) -> Q:
    places = ("person__name", "organisation__name", "post__title", "school_class__name")
    return reduce(or_, (Q(**{f"{place}__icontains": text}) for place in places))


def facet_counts(rows: QuerySet[Internship]) -> dict[str, dict[str, int]]:
    """How many rows stand behind each value of each filter; one query a filter."""
    return {
        name: {
            str(row[lookup]): row["number"]
            for row in rows.order_by().values(lookup).annotate(number=Count("pk", distinct=True))
        }
        for name, lookup in FILTERS.items()
    }


def names_of(rows: QuerySet[Internship], *, key: str, name: str) -> list[tuple[str, str]]:
    """The values of a filter with their names, in the order of the names."""
    found = rows.order_by(name).values_list(key, name).distinct()[:MOST_OPTIONS]
    return [(str(pk), str(label)) for pk, label in found]


class Lacking:
    """What rows of a list lack, read once for all that have not begun (缺项)."""

    def __init__(self, *, on: datetime.date) -> None:
        self.on = on
        self.known: dict[int, list[Missing]] = {}

    def read(self, rows: Sequence[Any]) -> None:
        waiting = [row.pk for row in rows if row.state in NOT_STARTED]
        self.known |= missing_of(internship_ids=waiting, on=self.on)

    def brief(self, row: Internship) -> str:
        """The first of what is missing, and how many in all."""
        words = self.words(row)
        missing = self.known.get(row.pk, [])
        if len(missing) <= SHOWN_MISSING:
            return words
        first = "、".join(item.label for item in missing[:SHOWN_MISSING])
        return f"{first}等 {len(missing)} 项"

    def words(self, row: Internship) -> str:
        """What is missing, or that nothing is; nothing to say once it began."""
        if row.state not in NOT_STARTED:
            return "—"
        if row.pk not in self.known:
            self.read([row])
        missing = self.known[row.pk]
        return "、".join(item.label for item in missing) if missing else "手续已齐"
