"""When interns were last visited and who is due."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Max

from silian.foundation.kernel.actors import Actor
from silian.operations.placements.choices.internships import (
    PRESENT_STATES,
)
from silian.operations.placements.models import Internship, VisitSetting
from silian.operations.placements.permissions.care import visitable_internships
from silian.operations.placements.rules.care import visit_due_on


@dataclass(frozen=True, kw_only=True)
class VisitState:
    """When one intern was visited and has to be again (巡访情况)."""

    last: datetime.date | None
    due_on: datetime.date | None

    def is_late(self, *, on: datetime.date) -> bool:
        return self.due_on is not None and self.due_on < on


def states_of(*, internship_ids: Collection[int]) -> dict[int, VisitState]:
    """The visits of each internship, in two queries; no due day while no frequency is set."""
    rows = list(
        Internship.objects.filter(pk__in=internship_ids)
        .annotate(last_visit=Max("visits__visited_on"))
        .values_list("pk", "school_id", "started_on", "starts_on", "last_visit")
    )
    every = dict(
        VisitSetting.objects.filter(school_id__in={row[1] for row in rows}).values_list(
            "school_id", "every_days"
        )
    )
    return {
        pk: VisitState(
            last=last,
            due_on=visit_due_on(
                last=last, started_on=started or starts, every_days=every.get(school)
            ),
        )
        for pk, school, started, starts, last in rows
    }


@dataclass(frozen=True, kw_only=True)
class HostToVisit:
    """A host with interns whom nobody has visited in time (待巡访单位)."""

    host_id: int
    name: str
    students: int
    late: int
    due_on: datetime.date | None


def hosts_to_visit(actor: Actor, *, on: datetime.date) -> list[HostToVisit]:
    """Hosts where the actor's students are in post, the most urgent first."""
    rows = list(
        visitable_internships(actor)
        .filter(state__in=sorted(PRESENT_STATES))
        .values_list("pk", "host_id", "organisation__name")
    )
    states = states_of(internship_ids=[pk for pk, _, _ in rows])
    by_host: dict[tuple[int, str], list[VisitState]] = {}
    for pk, host_id, name in rows:
        by_host.setdefault((host_id, name), []).append(states[pk])
    found = [
        HostToVisit(
            host_id=host_id,
            name=name,
            students=len(known),
            late=sum(state.is_late(on=on) for state in known),
            due_on=min((state.due_on for state in known if state.due_on), default=None),
        )
        for (host_id, name), known in by_host.items()
    ]
    return sorted(found, key=lambda host: (-host.late, host.due_on or datetime.date.max, host.name))
