"""The internships of a register, in the wanted order (实习名册)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db.models import QuerySet

from silian.operations.placements.choices.internships import (
    LIVE_STATES,
)
from silian.operations.placements.models.care import Visit
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.queries.boards import Intern, interns_of
from silian.operations.placements.rules.board import PROBLEMS

ORDERS = {
    "school": ("school__name", "school_class__name", "person__name", "pk"),
    "host": ("organisation__name", "post__title", "person__name", "pk"),
    "programme": ("school_class__cohort__programme__name", "school__name", "person__name", "pk"),
}
UNVISITED = "unvisited"


def register_of(
    rows: QuerySet[Internship], *, content: str, by: str, on: datetime.date
) -> list[tuple[Internship, Intern]]:
    """The live internships that the register is to hold, each with what it lacks."""
    interns = {intern.pk: intern for intern in interns_of(rows, on=on)}
    wanted = chosen(list(interns.values()), content=content, on=on)
    found = (
        rows.filter(pk__in=wanted, state__in=sorted(LIVE_STATES))
        .select_related(
            "person", "school", "school_class__cohort__programme__major", "organisation", "post",
            "teacher", "mentor", "division",
        )
        .order_by(*ORDERS[by])
    )  # fmt: skip
    return [(row, interns[row.pk]) for row in found]


def chosen(interns: Sequence[Intern], *, content: str, on: datetime.date) -> list[int]:
    ids = [intern.pk for intern in interns]
    if problem := PROBLEMS.get(content):
        return [intern.pk for intern in interns if problem in intern.standing.problems]
    if content == UNVISITED:
        seen = visited(ids, since=on.replace(day=1))
        return [
            intern.pk for intern in interns if intern.standing.is_in_post and intern.pk not in seen
        ]
    return ids


def visited(ids: Sequence[int], *, since: datetime.date) -> set[int]:
    """The internships whose student a visiting teacher saw since the day (巡访)."""
    rows = Visit.objects.filter(visited_on__gte=since, internships__in=list(ids))
    return set(rows.values_list("internships__pk", flat=True))
