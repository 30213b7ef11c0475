"""Who gets what from the addresses of school governance."""

from __future__ import annotations

from typing import Any

from silian.operations.alliances.models.governance import GovernanceSeat
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row
from tests.operations.alliances import governance_stage as stage
from tests.world import ROLES, World

DONE = 302
OVERSEERS = ("reviewer", "coordinator", "supervisor", "leader")


def school(world: World) -> dict[str, Any]:
    return {"school_id": stage.school_id(world)}


def seat(world: World) -> dict[str, Any]:
    row = GovernanceSeat.objects.first() or stage.seat(world)
    return {**school(world), "seat_id": row.pk}


def record(*, own: int, overseer: int, other: int = HIDDEN, **given: Any) -> Row:
    """The school, those who oversee it, and everybody else."""
    statuses = dict.fromkeys(ROLES, other) | {"anonymous": LOGIN, "school": own}
    return Row(statuses={**statuses, **dict.fromkeys(OVERSEERS, overseer)}, **given)


FILLING = {"own": OK, "overseer": REFUSED, "kwargs": school}
GOVERNANCE_ROWS: dict[str, Row] = {
    "alliances:governance_list": record(own=DONE, overseer=OK, other=REFUSED),
    "alliances:governance_detail": record(own=OK, overseer=OK, kwargs=school),
    "alliances:office_edit": record(**FILLING),
    "alliances:charter_new": record(**FILLING),
    "alliances:school_seat_new": record(**FILLING),
    "alliances:school_seat_end": record(own=DONE, overseer=REFUSED, kwargs=seat, method="post"),
    "alliances:school_meeting_new": record(**FILLING),
    "alliances:governance_item": record(**FILLING),
}
