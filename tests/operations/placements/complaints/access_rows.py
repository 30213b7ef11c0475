"""Who gets what from the addresses of complaints: never anybody complained about."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from silian.operations.placements.commands.violations import open_case
from silian.operations.placements.models import Complaint, Internship, ViolationCase
from tests.access import HIDDEN, Row, only, public
from tests.operations.placements.complaints import stage
from tests.operations.placements.pay import stage as pay
from tests.world import World

HANDLERS = ("reviewer", "coordinator")  # the education bureau
OFFICES = (*HANDLERS, "supervisor", "leader")  # those who handle what is theirs
LAW = ("reviewer", "coordinator", "supervisor")


def a_complaint(world: World) -> Complaint:
    return Complaint.objects.first() or stage.filed(world).complaint


def complaint(world: World) -> dict[str, Any]:
    return {"complaint_id": a_complaint(world).pk}


def handling(world: World) -> dict[str, Any]:
    return {**complaint(world), "name": "accept"}


def own(world: World) -> dict[str, Any]:
    return {**complaint(world), "name": "withdraw"}


def intern(world: World) -> dict[str, Any]:
    return {"internship_id": (Internship.objects.first() or pay.intern(world)).pk}


def case(world: World) -> dict[str, Any]:
    found = ViolationCase.objects.first() or open_case(
        actor=world.reviewer.actor,
        organisation_id=world.enterprise.organisation.pk,
        facts="按人数向学校付费",
        income=Decimal(0),
        now=stage.NOW,
    )
    return {"case_id": found.pk}


def mixed(row: Row, **statuses: int) -> Row:
    return Row(
        statuses={**row.statuses, **statuses},
        method=row.method,
        kwargs=row.kwargs,
        data=row.data,
    )


COMPLAINT_ROWS: dict[str, Row] = {
    "placements:complaint_list": only(*OFFICES, "school"),
    "placements:complaint_anonymous": public(),
    "placements:complaint_lookup": public(),
    "placements:complaint_new": only("student", otherwise=HIDDEN, kwargs=intern),
    "placements:complaint_detail": only(*HANDLERS, "student", otherwise=HIDDEN, kwargs=complaint),
    "placements:complaint_step": mixed(
        only(*HANDLERS, otherwise=HIDDEN, kwargs=handling), student=403
    ),
    "placements:complaint_own_step": only("student", otherwise=HIDDEN, kwargs=own),
    "placements:case_list": only(*LAW),
    "placements:case_new": only(*LAW),
    "placements:case_detail": mixed(only(*HANDLERS, kwargs=case), supervisor=HIDDEN),
    "placements:case_close": mixed(only(*HANDLERS, kwargs=case), supervisor=HIDDEN),
}
