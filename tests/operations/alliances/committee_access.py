"""Who gets what from the addresses of committees and their opinions."""

from __future__ import annotations

from typing import Any

from silian.operations.alliances.commands.committees import (
    add_plan_item,
    record_committee_meeting,
    write_industry_plan,
)
from silian.operations.alliances.models.committees import Committee, IndustryPlan
from silian.operations.alliances.models.nominations import ExpertNomination
from silian.operations.alliances.models.opinions import CommitteeOpinion
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only, public
from tests.operations.alliances import committee_stage as stage
from tests.operations.alliances.group_stage import today
from tests.world import ROLES, World

DONE = 302
OFFICIALS = ("reviewer", "coordinator", "supervisor", "leader")
LISTERS = ("enterprise", "rival", "school", *OFFICIALS)
KEEPERS = ("enterprise", "coordinator")


def committee_of(world: World) -> Committee:
    return Committee.objects.first() or stage.with_member(world)


def committee(world: World) -> dict[str, Any]:
    return {"committee_id": committee_of(world).pk}


def plan_of(world: World) -> IndustryPlan:
    return committee_of(world).plans.first() or write_industry_plan(
        committee_id=committee_of(world).pk,
        title="计划",
        document_number="",
        starts_on=stage.FOUNDED,
        ends_on=stage.TERM_ENDS,
        actor=world.enterprise.actor,
    )


def plan(world: World) -> dict[str, Any]:
    return {"plan_id": plan_of(world).pk}


def item(world: World) -> dict[str, Any]:
    found = plan_of(world).items.first() or add_plan_item(
        plan_id=plan_of(world).pk,
        text="事项",
        due_on=stage.TERM_ENDS,
        actor=world.enterprise.actor,
    )
    return {"item_id": found.pk}


def seat(world: World) -> dict[str, Any]:
    return {"member_id": committee_of(world).members.order_by("pk")[0].pk}


def meeting(world: World) -> dict[str, Any]:
    committee = committee_of(world)
    found = committee.meetings.first() or record_committee_meeting(
        committee_id=committee.pk,
        title="会议",
        held_on=today(),
        place="",
        summary="摘要",
        came=[committee.members.order_by("pk")[0].pk],
        minutes=None,
        actor=world.enterprise.actor,
        today=today(),
    )
    return {"meeting_id": found.pk}


def sent(world: World) -> dict[str, Any]:
    found = CommitteeOpinion.objects.exclude(state="draft").first()
    return {"opinion_id": (found or stage.issued(world, committee_of(world))).pk}


def draft(world: World) -> dict[str, Any]:
    found = CommitteeOpinion.objects.filter(state="draft").first()
    return {"opinion_id": (found or stage.drafted(world, committee_of(world))).pk}


def answer(world: World) -> dict[str, Any]:
    opinion = CommitteeOpinion.objects.get(pk=sent(world)["opinion_id"])
    return {"answer_id": opinion.answers.get().pk}


def nomination(world: World) -> dict[str, Any]:
    found = ExpertNomination.objects.first()
    return {"nomination_id": (found or stage.nominated(world)).pk}


def withdrawing(world: World) -> dict[str, Any]:
    return {**sent(world), "name": "withdraw"}


def step(
    *allowed: str,
    status: int = OK,
    seen: tuple[str, ...] = (*OFFICIALS, "enterprise"),
    **given: Any,
) -> Row:
    """A step of some; other readers are refused, strangers find nothing."""
    statuses = dict.fromkeys(ROLES, HIDDEN) | {"anonymous": LOGIN} | dict.fromkeys(seen, REFUSED)
    return Row(statuses={**statuses, **dict.fromkeys(allowed, status)}, **given)


EVERYBODY = tuple(role for role in ROLES if role != "anonymous")
COMMITTEE_ROWS: dict[str, Row] = {
    "alliances:committee_list": only(*LISTERS),
    "alliances:committee_directory": public(),
    "alliances:committee_public": public(kwargs=committee),
    "alliances:committee_new": only("coordinator"),
    "alliances:committee_detail": only(
        "enterprise", *OFFICIALS, otherwise=HIDDEN, kwargs=committee
    ),
    "alliances:committee_edit": step("coordinator", kwargs=committee),
    "alliances:committee_renew": step("coordinator", kwargs=committee),
    "alliances:committee_end": step("coordinator", kwargs=committee),
    "alliances:committee_member_new": step(*KEEPERS, kwargs=committee),
    "alliances:committee_member_end": step(
        *KEEPERS, seen=(), status=DONE, method="post", kwargs=seat
    ),
    "alliances:industry_plan_new": step(*KEEPERS, kwargs=committee),
    "alliances:plan_item_new": step(*KEEPERS, seen=(), kwargs=plan),
    "alliances:plan_item_progress": step(*KEEPERS, seen=(), kwargs=item),
    "alliances:committee_meeting_new": step(*KEEPERS, kwargs=committee),
    "alliances:committee_meeting": only("enterprise", *OFFICIALS, otherwise=HIDDEN, kwargs=meeting),
    "alliances:opinion_list": public(),
    "alliances:opinion_detail": public(kwargs=sent),
    "alliances:opinion_new": step(*KEEPERS, kwargs=committee),
    "alliances:opinion_edit": step(*KEEPERS, seen=(), kwargs=draft),
    "alliances:opinion_step": step(
        *KEEPERS, seen=EVERYBODY, status=DONE, method="post", kwargs=withdrawing
    ),
    "alliances:opinion_answer": step("school", seen=(), kwargs=answer),
    "alliances:nomination_new": step(*KEEPERS, kwargs=committee),
    "alliances:nomination_answer": step("teacher", seen=(), kwargs=nomination),
    "alliances:nomination_withdraw": step(
        *KEEPERS, seen=(), status=DONE, method="post", kwargs=nomination
    ),
}
