"""Who gets what from the addresses of cases."""

from __future__ import annotations

from typing import Any

from silian.governance.policy_tasks.commands.case_spreading import plan_publicity
from silian.governance.policy_tasks.models.cases import ExperienceCase, Rollout
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only, public
from tests.governance.policy_tasks.cases import stage
from tests.world import ROLES, World

DONE, INVALID, CONFLICT = 302, 422, 409
WRITERS = ("enterprise", "rival", "school", "reviewer", "coordinator")
OVERSEERS = ("coordinator", "supervisor", "leader")


def a_case(world: World) -> ExperienceCase:
    return ExperienceCase.objects.first() or stage.published(world)


def case(world: World) -> dict[str, Any]:
    return {"case_id": a_case(world).pk}


def draft(world: World) -> dict[str, Any]:
    return {"case_id": (ExperienceCase.objects.first() or stage.written(world)).pk}


def publishing(world: World) -> dict[str, Any]:
    return {**case(world), "name": "publish"}


def item(world: World) -> dict[str, Any]:
    row = a_case(world)
    report = row.publicity.first() or plan_publicity(
        case_id=row.pk,
        outlet="市广播电视台",
        title="轮岗实训见成效",
        planned_on=stage.TODAY,
        actor=world.school.actor,
    )
    return {"case_id": row.pk, "item_id": report.pk}


def rollout(world: World) -> dict[str, Any]:
    return {"rollout_id": (Rollout.objects.first() or stage.proposed(world)).pk}


def some(*roles: str, status: int = OK, **given: Any) -> Row:
    """For some of those who read the published case; the others are refused."""
    return only(*roles, status=status, otherwise=REFUSED, **given)


CASE_ROWS: dict[str, Row] = {
    "policy_tasks:case_library": public(),
    "policy_tasks:case_list": only(*WRITERS, "supervisor", "leader"),
    "policy_tasks:case_new": only(*WRITERS),
    "policy_tasks:case_detail": public(kwargs=case),
    "policy_tasks:case_edit": only("school", otherwise=HIDDEN, kwargs=draft),
    "policy_tasks:case_submit": only("school", otherwise=HIDDEN, kwargs=draft),
    "policy_tasks:case_return": some("coordinator", kwargs=case),
    "policy_tasks:case_withdraw": some(
        "school", "coordinator", status=CONFLICT, kwargs=case, method="post"
    ),
    "policy_tasks:case_step": Row(
        statuses={
            **dict.fromkeys(ROLES, REFUSED),
            "anonymous": LOGIN,
            "coordinator": CONFLICT,
        },
        kwargs=publishing,
        method="post",
    ),
    "policy_tasks:case_adopt": some(*WRITERS, kwargs=case),
    "policy_tasks:case_adoption_result": some(*WRITERS, kwargs=case),
    "policy_tasks:case_rollout_new": some("coordinator", kwargs=case),
    "policy_tasks:case_rollout_decide": Row(
        statuses={
            **dict.fromkeys(ROLES, HIDDEN),
            "anonymous": LOGIN,
            **dict.fromkeys(OVERSEERS, REFUSED),
        },
        kwargs=rollout,
    ),
    "policy_tasks:case_publicity_new": some("school", "coordinator", kwargs=case),
    "policy_tasks:case_publicity_count": some("school", "coordinator", kwargs=item),
}
