"""Who gets what from the addresses of groups, consortia and their public pages."""

from __future__ import annotations

from typing import Any

from silian.operations.alliances.choices.duties import DutyKind
from silian.operations.alliances.choices.groups import MemberState
from silian.operations.alliances.commands.assessments import assess_group
from silian.operations.alliances.commands.group_lists import draft_list, publish_list
from silian.operations.alliances.commands.group_members import seat_in_council
from silian.operations.alliances.commands.groups import designate_group
from silian.operations.alliances.models.consortia import RemovalProposal
from silian.operations.alliances.models.groups import AllianceGroup
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only, public
from tests.operations.alliances import group_stage as stage
from tests.world import ROLES, World

DONE, INVALID = 302, 422
READERS = ("enterprise", "school", "reviewer", "coordinator", "supervisor", "leader")
LISTERS = ("enterprise", "rival", "school", "reviewer", "coordinator", "supervisor", "leader")
KEEPERS = ("school", "coordinator")


def group_of(world: World) -> AllianceGroup:
    """A running consortium of school and enterprise."""
    return AllianceGroup.objects.first() or stage.consortium(world)


def group(world: World) -> dict[str, Any]:
    return {"group_id": group_of(world).pk}


def named(name: str, **more: Any) -> Any:
    return lambda world: {**group(world), "name": name, **more}


def member(world: World) -> dict[str, Any]:
    """An invitation to the rival that nobody has answered."""
    found = group_of(world).members.filter(state=MemberState.INVITED).first()
    row = found or stage.member(
        group_of(world),
        stage.unit_of(world.rival),
        state=MemberState.INVITED,
        joined_on=None,
    )
    return {"member_id": row.pk, "name": "refuse"}


def post(world: World) -> dict[str, Any]:
    group = group_of(world)
    found = group.council.first() or seat_in_council(
        group_id=group.pk, facts=stage.council(world), actor=world.school.actor
    )
    return {"post_id": found.pk}


def designation(world: World) -> dict[str, Any]:
    group = group_of(world)
    found = group.designations.first() or designate_group(
        group_id=group.pk,
        facts=stage.designation(),
        actor=world.coordinator.actor,
        today=stage.today(),
    )
    return {"designation_id": found.pk}


def target(world: World) -> dict[str, Any]:
    group = group_of(world)
    return {"target_id": (group.targets.first() or stage.target(world, group)).pk}


def contribution(world: World) -> dict[str, Any]:
    group = group_of(world)
    found = group.contributions.first() or stage.recorded(world, group)
    return {"contribution_id": found.pk}


def assessment(world: World) -> dict[str, Any]:
    group = group_of(world)
    found = group.assessments.first() or assess_group(
        group_id=group.pk,
        year=stage.today().year,
        grade="good",
        reason="按期",
        actor=world.coordinator.actor,
        today=stage.today(),
    )
    return {"assessment_id": found.pk}


def report(world: World) -> dict[str, Any]:
    group = group_of(world)
    found = group.reports.first() or stage.report(group, DutyKind.PLAN, 2024)
    return {"report_id": found.pk}


def proposal(world: World) -> dict[str, Any]:
    group = group_of(world)
    found = group.removals.first() or RemovalProposal.objects.create(
        group=group, first_year=2023, last_year=2024, reason="未完成", proposed_on=stage.today()
    )
    return {"proposal_id": found.pk}


def edition(world: World) -> dict[str, Any]:
    group = group_of(world)
    found = group.lists.first() or draft_list(
        group_id=group.pk, kind="talent", text="操作工", note="", actor=world.school.actor
    )
    return {"edition_id": found.pk}


def published(world: World) -> dict[str, Any]:
    key = edition(world)["edition_id"]
    row = group_of(world).lists.get(pk=key)
    if row.published_on is None:
        publish_list(edition_id=key, on=stage.today(), actor=world.school.actor)
    return {**group(world), "kind": "talent"}


def readers(**given: Any) -> Row:
    """Those in the group and the region's officials; nothing for others."""
    return only(*READERS, otherwise=HIDDEN, **given)


def step(*allowed: str, status: int = OK, seen: tuple[str, ...] = READERS, **given: Any) -> Row:
    """A step of some; other readers are refused, strangers find nothing."""
    statuses = dict.fromkeys(ROLES, HIDDEN) | {"anonymous": LOGIN} | dict.fromkeys(seen, REFUSED)
    return Row(statuses={**statuses, **dict.fromkeys(allowed, status)}, **given)


def posted(*allowed: str, **given: Any) -> Row:
    return step(*allowed, status=DONE, method="post", **given)


NOBODY_HIDDEN = tuple(role for role in ROLES if role != "anonymous")
GROUP_ROWS: dict[str, Row] = {
    "alliances:group_directory": public(),
    "alliances:group_public": public(kwargs=group),
    "alliances:group_list_public": public(kwargs=published),
    "alliances:group_list": only(*LISTERS),
    "alliances:group_new": only("enterprise", "rival", "school", "coordinator"),
    "alliances:group_detail": readers(kwargs=group),
    "alliances:group_edit": step(*KEEPERS, kwargs=group),
    "alliances:group_charter": step(*KEEPERS, kwargs=group),
    "alliances:group_entity": step(*KEEPERS, kwargs=group),
    "alliances:group_start": step("coordinator", kwargs=group),
    "alliances:group_stop": step("coordinator", kwargs=named("suspend")),
    "alliances:group_resume": posted("coordinator", kwargs=group),
    "alliances:designation_new": step("coordinator", kwargs=group),
    "alliances:designation_end": posted("coordinator", kwargs=designation),
    "alliances:group_apply": only("enterprise", "rival", "school", kwargs=group),
    "alliances:member_invite": step(*KEEPERS, kwargs=group),
    "alliances:member_step": posted("rival", kwargs=member),
    "alliances:council_new": step(*KEEPERS, kwargs=group),
    "alliances:council_end": posted(*KEEPERS, kwargs=post),
    "alliances:target_new": step(*KEEPERS, kwargs=group),
    "alliances:target_note": readers(kwargs=target),
    "alliances:target_drop": posted(*KEEPERS, kwargs=target),
    "alliances:group_ledger": readers(kwargs=group),
    "alliances:contribution_new": step("enterprise", "school", kwargs=group),
    "alliances:contribution_detail": readers(kwargs=contribution),
    "alliances:contribution_step": posted(
        "school", kwargs=lambda world: {**contribution(world), "name": "refuse"}
    ),
    "alliances:weight_list": only(*LISTERS),
    "alliances:weight_new": only("coordinator"),
    "alliances:assessment_new": step("coordinator", kwargs=group),
    "alliances:assessment_detail": readers(kwargs=assessment),
    "alliances:assessment_correct": step("coordinator", kwargs=assessment),
    "alliances:group_records": readers(kwargs=group),
    "alliances:filing_list": only("reviewer", "coordinator", "supervisor", "leader"),
    "alliances:report_new": step("school", kwargs=group),
    "alliances:report_detail": readers(kwargs=report),
    "alliances:report_accept": step("coordinator", kwargs=report),
    "alliances:report_return": step("coordinator", kwargs=report),
    "alliances:removal_propose": step("coordinator", kwargs=group),
    "alliances:removal_decide": step("coordinator", kwargs=proposal),
    "alliances:list_edit": step("school", kwargs=lambda world: {**group(world), "kind": "talent"}),
    "alliances:list_publish": posted("school", kwargs=edition),
}
