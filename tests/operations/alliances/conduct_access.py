"""Who gets what from the addresses of checks on service organisations."""

from __future__ import annotations

from typing import Any

from silian.operations.alliances.models.conduct import ConductCheck
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only
from tests.operations.alliances import conduct_stage as stage
from tests.world import ROLES, World

DONE = 302
KEEPERS = ("reviewer", "coordinator")
OVERSEERS = (*KEEPERS, "supervisor", "leader")


def check(world: World) -> dict[str, Any]:
    return {"check_id": (ConductCheck.objects.first() or stage.correcting(world)).pk}


def point(world: World) -> dict[str, Any]:
    row = ConductCheck.objects.first() or stage.correcting(world)
    return {"check_id": row.pk, "point_id": row.points.get(finding="failed").pk}


def step(world: World) -> dict[str, Any]:
    return {**check(world), "name": "accept"}


def officials(*, keeper: int, other: int, **given: Any) -> Row:
    """The region's officials; to everybody outside it the check does not exist."""
    statuses = dict.fromkeys(ROLES, HIDDEN) | {"anonymous": LOGIN}
    told = dict.fromkeys(OVERSEERS, other) | dict.fromkeys(KEEPERS, keeper)
    return Row(statuses={**statuses, **told}, **given)


CONDUCT_ROWS: dict[str, Row] = {
    "alliances:conduct_list": only(*OVERSEERS),
    "alliances:conduct_new": only(*KEEPERS),
    "alliances:conduct_detail": officials(keeper=OK, other=OK, kwargs=check),
    "alliances:conduct_findings": officials(keeper=OK, other=REFUSED, kwargs=check),
    "alliances:conduct_correct": officials(keeper=REFUSED, other=REFUSED, kwargs=point),
    "alliances:conduct_step": officials(keeper=DONE, other=REFUSED, kwargs=step, method="post"),
    "alliances:conduct_reject": officials(keeper=OK, other=REFUSED, kwargs=check),
}
