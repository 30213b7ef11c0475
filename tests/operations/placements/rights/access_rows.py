"""Who gets what from the addresses of rights, visits and incidents."""

from __future__ import annotations

from typing import Any

from silian.operations.placements.models import Incident, Visit
from tests.access import HIDDEN, REFUSED, Row, only, signed_in
from tests.operations.placements.complaints.access_rows import mixed
from tests.operations.placements.rights import stage
from tests.world import World

OFFICIALS = ("reviewer", "coordinator", "supervisor", "leader")
SEEN = ("enterprise", "school", "teacher", "student", *OFFICIALS)


def visit(world: World) -> dict[str, Any]:
    found = Visit.objects.first() or stage.visit(
        world, follow_up="补手套", follow_up_due_on=stage.NOW.date()
    )
    return {"visit_id": found.pk}


def host(world: World) -> dict[str, Any]:
    return {"host_id": stage.intern(world).host_id}


def intern(world: World) -> dict[str, Any]:
    return {"internship_id": stage.intern(world).pk}


def incident(world: World) -> dict[str, Any]:
    return {"incident_id": (Incident.objects.first() or stage.incident(world)).pk}


def seen_but_refused(row: Row) -> Row:
    """Those who see the row but do not take the step are refused, others see nothing."""
    refused = {role: REFUSED for role in SEEN if row.statuses[role] == HIDDEN}
    return mixed(row, **refused)


RIGHTS_ROWS: dict[str, Row] = {
    "placements:rights": signed_in(),
    "placements:rights_by_host": only("school", *OFFICIALS),
    "placements:visit_list": only("school", "teacher", *OFFICIALS),
    "placements:visit_new": only("school", "teacher", kwargs=host),
    "placements:visit_frequency": only("school"),
    "placements:visit_follow_up": mixed(
        only("school", "teacher", otherwise=HIDDEN, kwargs=visit),
        **dict.fromkeys(OFFICIALS, REFUSED),
    ),
    "placements:incident_list": only("enterprise", "rival", "school", "teacher", *OFFICIALS),
    "placements:incident_detail": only(*SEEN, otherwise=HIDDEN, kwargs=incident),
    "placements:incident_new": seen_but_refused(
        only("enterprise", "school", "teacher", otherwise=HIDDEN, kwargs=intern)
    ),
    "placements:incident_report": seen_but_refused(
        only("school", status=302, otherwise=HIDDEN, method="post", kwargs=incident)
    ),
    "placements:incident_close": seen_but_refused(
        only("school", otherwise=HIDDEN, kwargs=incident)
    ),
}
