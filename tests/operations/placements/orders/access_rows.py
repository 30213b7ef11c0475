"""Who gets what from the addresses of order classes and apprenticeships."""

from __future__ import annotations

from typing import Any

from silian.operations.placements.commands.apprentices import enrol_apprentice
from silian.operations.placements.models import (
    Apprentice,
    ApprenticeBreak,
    Apprenticeship,
    ClassOrder,
)
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only
from tests.operations.placements.orders import stage
from tests.world import ROLES, World

DONE, CONFLICT = 302, 409
READERS = ("enterprise", "rival", "school", "reviewer", "coordinator", "supervisor", "leader")
INSIDE = ("enterprise", "school", "reviewer", "coordinator", "supervisor", "leader")
OVERSEERS = ("reviewer", "coordinator", "supervisor", "leader")
DRAFTERS = ("enterprise", "rival", "school")


def seen(*, writers: tuple[str, ...] = (), status: int = OK, **given: Any) -> Row:
    """A step of some sides; the others who see the row are refused, outsiders find nothing."""
    statuses = dict.fromkeys(ROLES, HIDDEN) | {"anonymous": LOGIN}
    statuses |= dict.fromkeys(INSIDE, REFUSED) | dict.fromkeys(writers, status)
    return Row(statuses=statuses, **given)


def order(world: World) -> dict[str, Any]:
    return {"order_id": (ClassOrder.objects.first() or stage.drafted_order(world)).pk}


def staffed_order(world: World) -> dict[str, Any]:
    found = ClassOrder.objects.first() or stage.with_students(world)
    return {"order_id": found.pk}


def member(world: World) -> dict[str, Any]:
    found = ClassOrder.objects.first() or stage.with_students(world)
    return {"order_id": found.pk, "member_id": stage.member_ids(found)[0]}


def programme(world: World) -> dict[str, Any]:
    drafts = Apprenticeship.objects.filter(state="draft")
    row = drafts.first() or stage.drafted_apprenticeship(world)
    return {"apprenticeship_id": row.pk}


def running(world: World) -> dict[str, Any]:
    row = Apprenticeship.objects.first() or stage.running_apprenticeship(world)
    return {"apprenticeship_id": row.pk}


def submitted(world: World) -> dict[str, Any]:
    row = Apprenticeship.objects.first() or stage.submitted_apprenticeship(world)
    return {"apprenticeship_id": row.pk}


def apprentice(world: World) -> dict[str, Any]:
    found = Apprentice.objects.filter(state="enrolled").first()
    if found is None:
        row = Apprenticeship.objects.first() or stage.running_apprenticeship(world)
        found = enrol_apprentice(
            apprenticeship_id=row.pk,
            person_id=stage.employee(world).pk,
            starts_on=stage.TODAY,
            actor=world.enterprise.actor,
            on=stage.TODAY,
        )
    return {"apprentice_id": found.pk}


def broken_training(world: World) -> dict[str, Any]:
    """An apprentice with a break; made without the command, for nobody has begun yet."""
    given = apprentice(world)
    row = Apprentice.objects.get(pk=given["apprentice_id"])
    found = ApprenticeBreak.objects.filter(apprentice=row).first()
    if found is None:
        found = ApprenticeBreak.objects.create(
            apprentice=row, starts_on=row.starts_on, reason="病假"
        )
    return {**given, "break_id": found.pk}


def person_page(*, writers: tuple[str, ...], status: int = OK, **given: Any) -> Row:
    """A page of one apprentice: officials see the programme, never the person."""
    statuses = dict.fromkeys(ROLES, HIDDEN) | {"anonymous": LOGIN}
    statuses |= dict.fromkeys(("enterprise", "school"), REFUSED)
    return Row(statuses={**statuses, **dict.fromkeys(writers, status)}, kwargs=apprentice, **given)


BOTH = ("enterprise", "school")
FILERS = ("reviewer", "coordinator")
REASON: Any = lambda world: {"reason": "停产"}  # noqa: E731
ORDER_ROWS: dict[str, Row] = {
    "placements:order_list": only(*READERS),
    "placements:order_new": only("enterprise", "rival"),
    "placements:order_detail": seen(writers=INSIDE, kwargs=order),
    "placements:order_edit": seen(writers=("enterprise",), kwargs=order),
    "placements:order_terms": seen(writers=("enterprise",), kwargs=order),
    "placements:order_agreement": seen(writers=INSIDE, status=DONE, kwargs=order),
    "placements:order_send": seen(
        writers=("enterprise",), status=DONE, method="post", kwargs=order
    ),
    "placements:order_close": seen(
        writers=BOTH, status=CONFLICT, method="post", kwargs=staffed_order
    ),
    "placements:order_cancel": seen(
        writers=("enterprise",), status=DONE, method="post", kwargs=order, data=REASON
    ),
    "placements:order_enrol": seen(writers=("school",), kwargs=staffed_order),
    "placements:order_trained": seen(writers=("school",), kwargs=staffed_order),
    "placements:order_hire": seen(writers=("enterprise",), kwargs=staffed_order),
    "placements:order_not_hired": seen(writers=("enterprise",), kwargs=staffed_order),
    "placements:order_leave": seen(writers=("school",), kwargs=member),
    "placements:apprenticeship_list": only(*READERS),
    "placements:apprenticeship_new": only(*DRAFTERS),
    "placements:apprenticeship_detail": seen(writers=INSIDE, kwargs=programme),
    "placements:apprenticeship_edit": seen(writers=BOTH, kwargs=programme),
    "placements:apprenticeship_rotation": seen(writers=BOTH, kwargs=programme),
    "placements:apprenticeship_terms": seen(writers=BOTH, kwargs=programme),
    "placements:apprenticeship_submit": seen(
        writers=BOTH, status=DONE, method="post", kwargs=programme
    ),
    "placements:apprenticeship_file": seen(writers=FILERS, kwargs=submitted),
    "placements:apprenticeship_return": seen(writers=FILERS, kwargs=submitted),
    "placements:apprenticeship_start": seen(
        writers=BOTH, status=CONFLICT, method="post", kwargs=running
    ),
    "placements:apprenticeship_complete": seen(writers=BOTH, kwargs=running),
    "placements:apprenticeship_stop": seen(
        writers=BOTH, status=DONE, method="post", kwargs=programme, data=REASON
    ),
    "placements:apprentice_new": seen(writers=BOTH, kwargs=running),
    "placements:apprentice_detail": person_page(writers=BOTH),
    "placements:apprentice_identity": person_page(writers=BOTH),
    "placements:apprentice_send": person_page(writers=BOTH, status=CONFLICT, method="post"),
    "placements:apprentice_begin": person_page(writers=BOTH, status=CONFLICT, method="post"),
    "placements:apprentice_month": person_page(writers=BOTH),
    "placements:apprentice_exam": person_page(writers=BOTH),
    "placements:apprentice_qualify": person_page(writers=BOTH),
    "placements:apprentice_correct": person_page(writers=BOTH),
}
ORDER_ROWS["placements:break_new"] = person_page(writers=BOTH)
ORDER_ROWS["placements:break_correct"] = Row(
    statuses=person_page(writers=BOTH).statuses, kwargs=broken_training
)
ORDER_ROWS["placements:apprentice_end"] = Row(
    statuses=person_page(writers=BOTH, status=DONE).statuses,
    method="post",
    kwargs=lambda world: {**apprentice(world), "name": "leave"},
    data=REASON,
)
