"""Who gets what from the addresses of hosts, posts, plans and declarations."""

from __future__ import annotations

from typing import Any

from silian.operations.placements.choices.hosts import (
    AnswerState,
    HostState,
    PlanState,
    PostState,
)
from silian.operations.placements.models import (
    Host,
    HostAnswer,
    HostInspection,
    InternshipPlan,
    InternshipPost,
)
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only, public
from tests.operations.placements import stage
from tests.world import ROLES, World

DONE, INVALID, CONFLICT = 302, 422, 409
OFFICIALS = ("reviewer", "coordinator", "supervisor", "leader")
SCHOOL_SIDE = ("school", "teacher")
HOST_SIDE = ("enterprise", "rival")


def host(world: World) -> dict[str, Any]:
    return {"host_id": stage.make_host(world).pk}


def proposed(world: World) -> Host:
    found = stage.make_host(world, organisation=world.rival.organisation)
    Host.objects.filter(pk=found.pk).update(state=HostState.PROPOSED)
    return found


def proposed_id(world: World) -> dict[str, Any]:
    return {"host_id": proposed(world).pk}


def host_step(world: World) -> dict[str, Any]:
    return {**host(world), "name": "reconsider"}


def report(world: World) -> dict[str, Any]:
    """A report that the teacher wrote and nobody judged."""
    inspected = proposed(world)
    HostInspection.objects.filter(host=inspected).update(approved_by=None, approved_at=None)
    return {"inspection_id": inspected.inspections.get().pk, "name": "return"}


def post(world: World) -> dict[str, Any]:
    stage.make_host(world)
    found = InternshipPost.objects.filter(state=PostState.OPEN).first() or stage.make_post(world)
    return {"post_id": found.pk}


def post_step(world: World) -> dict[str, Any]:
    return {**post(world), "name": "open"}


def plan(world: World) -> dict[str, Any]:
    found = InternshipPlan.objects.first() or stage.make_plan(world)
    return {"plan_id": found.pk}


def waiting_plan(world: World) -> dict[str, Any]:
    found = plan(world)
    InternshipPlan.objects.update(state=PlanState.SENT)
    HostAnswer.objects.update(state=AnswerState.WAITING)
    return found


def plan_step(world: World) -> dict[str, Any]:
    return {**plan(world), "name": "reopen"}


def plan_host(world: World) -> dict[str, Any]:
    return {**plan(world), "host_id": 0}


def row(statuses: dict[str, int], *, otherwise: int, **given: Any) -> Row:
    every = dict.fromkeys(ROLES, otherwise) | {"anonymous": LOGIN}
    return Row(statuses={**every, **statuses}, **given)


def each(*roles: str, status: int = OK) -> dict[str, int]:
    return dict.fromkeys(roles, status)


READERS = (*SCHOOL_SIDE, *HOST_SIDE, *OFFICIALS)
SEE_PLAN = (*SCHOOL_SIDE, "enterprise", *OFFICIALS)
HOST_ROWS: dict[str, Row] = {
    "placements:rule_list": public(),
    "placements:host_list": only(*READERS),
    "placements:host_public_list": public(),
    "placements:host_new": only("school"),
    "placements:organisation_choices": only("school"),
    "placements:host_decide": only("school"),
    "placements:host_publish": only("school", status=DONE, method="post"),
    "placements:host_detail": only(
        *SCHOOL_SIDE, "enterprise", *OFFICIALS, otherwise=HIDDEN, kwargs=host
    ),
    "placements:host_check": only("school", otherwise=HIDDEN, kwargs=host),
    "placements:inspection_new": row(each(*SCHOOL_SIDE), otherwise=REFUSED, kwargs=proposed_id),
    "placements:host_step": row(
        {
            **each("school", status=CONFLICT),
            **each("teacher", "enterprise", *OFFICIALS, status=REFUSED),
        },
        otherwise=HIDDEN,
        kwargs=host_step,
        method="post",
    ),
    "placements:inspection_step": row(
        {**each("school", status=CONFLICT), **each("teacher", *OFFICIALS, status=REFUSED)},
        otherwise=HIDDEN,
        kwargs=report,
        method="post",
    ),
    "placements:post_list": only(*READERS, "student"),
    "placements:post_new": only(*HOST_SIDE),
    "placements:post_check": only(*HOST_SIDE, method="post"),
    "placements:post_detail": only(
        *SCHOOL_SIDE, "student", "enterprise", *OFFICIALS, otherwise=HIDDEN, kwargs=post
    ),
    "placements:post_edit": only("enterprise", otherwise=HIDDEN, kwargs=post),
    "placements:post_count": only(
        *SCHOOL_SIDE, "student", "enterprise", *OFFICIALS, otherwise=HIDDEN, kwargs=post
    ),
    "placements:post_step": row(
        {
            **each("enterprise", status=CONFLICT),
            **each(*SCHOOL_SIDE, "student", *OFFICIALS, status=REFUSED),
        },
        otherwise=HIDDEN,
        kwargs=post_step,
        method="post",
    ),
    "placements:plan_list": only(*READERS),
    "placements:plan_new": only("school"),
    "placements:plan_detail": only(*SEE_PLAN, otherwise=HIDDEN, kwargs=plan),
    "placements:plan_edit": only("school", otherwise=HIDDEN, kwargs=plan),
    "placements:plan_send": only("school", otherwise=HIDDEN, kwargs=plan),
    "placements:plan_answer": only("enterprise", otherwise=HIDDEN, kwargs=waiting_plan),
    "placements:plan_step": row(
        {
            **each("school", status=CONFLICT),
            **each("teacher", "enterprise", *OFFICIALS, status=REFUSED),
        },
        otherwise=HIDDEN,
        kwargs=plan_step,
        method="post",
    ),
    "placements:plan_drop_host": row(
        {
            **each("school", status=CONFLICT),
            **each("teacher", "enterprise", *OFFICIALS, status=REFUSED),
        },
        otherwise=HIDDEN,
        kwargs=plan_host,
        method="post",
    ),
    "placements:census_list": only(*HOST_SIDE, *OFFICIALS),
    "placements:census_new": only(*HOST_SIDE),
}
