"""Who gets what from the addresses of tasks."""

from __future__ import annotations

from typing import Any

from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.models.tasks import Milestone
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row
from tests.governance.policy_tasks.tasks import stage
from tests.world import ROLES, World

INVALID, DONE, CONFLICT = 422, 302, 409
OFFICIALS = ("coordinator", "supervisor", "leader")
UNITS = ("reviewer", "enterprise", "rival", "school")


def row(answers: dict[str, int], *, otherwise: int, **given: Any) -> Row:
    statuses = dict.fromkeys(ROLES, otherwise) | {"anonymous": LOGIN}
    return Row(statuses={**statuses, **answers}, **given)


def running(world: World) -> PolicyTask:
    """A running task that the office of the supervisor and leader leads."""
    found = PolicyTask.objects.filter(number="权限检查").first()
    if found is not None:
        return found
    lead = stage.body_of(world.supervisor, name="市政府办公室")
    return PolicyTask.objects.create(
        division_id=stage.CITY,
        origin="manual",
        number="权限检查",
        title="权限检查",
        state="running",
        lead=lead,
        keeper=world.coordinator.organisation,
        assigned_at=stage.NOW,
        due_on=stage.DUE,
    )


def of_task(world: World) -> dict[str, Any]:
    return {"task_id": running(world).pk}


def step(name: str) -> Any:
    return lambda world: {**of_task(world), "name": name}


def milestone(world: World) -> dict[str, Any]:
    found, _ = Milestone.objects.get_or_create(
        task=running(world), title="权限检查", defaults={"division_id": stage.CITY}
    )
    return {"milestone_id": found.pk}


def body(world: World) -> dict[str, Any]:
    return {"body_id": running(world).lead_id}


SEEN = dict.fromkeys(OFFICIALS, OK)
IN_PART = {**SEEN, **dict.fromkeys(UNITS, OK)}
KEPT = {"coordinator": OK, "supervisor": REFUSED, "leader": REFUSED}

TASK_ROWS: dict[str, Row] = {
    "policy_tasks:task_list": row(IN_PART, otherwise=REFUSED),
    "policy_tasks:my_tasks": row(IN_PART, otherwise=REFUSED),
    "policy_tasks:task_drafts": row({"coordinator": OK}, otherwise=REFUSED),
    "policy_tasks:task_assign_many": row({"coordinator": DONE}, otherwise=REFUSED, method="post"),
    "policy_tasks:task_sheet": row(
        IN_PART, otherwise=REFUSED, kwargs=lambda world: {"kind": "xlsx"}
    ),
    "policy_tasks:task_new": row({"coordinator": OK}, otherwise=REFUSED),
    "policy_tasks:task_detail": row(SEEN, otherwise=HIDDEN, kwargs=of_task),
    "policy_tasks:task_arrange": row(KEPT, otherwise=HIDDEN, kwargs=of_task),
    "policy_tasks:task_report": row(
        dict.fromkeys(OFFICIALS, REFUSED), otherwise=HIDDEN, kwargs=of_task
    ),
    "policy_tasks:task_weather": row(
        {"supervisor": OK, "coordinator": REFUSED, "leader": REFUSED},
        otherwise=HIDDEN,
        kwargs=of_task,
    ),
    "policy_tasks:task_part_new": row(KEPT, otherwise=HIDDEN, kwargs=of_task),
    "policy_tasks:milestone_new": row(KEPT, otherwise=HIDDEN, kwargs=of_task),
    "policy_tasks:task_step": row(
        dict.fromkeys(OFFICIALS, CONFLICT), otherwise=HIDDEN, method="post", kwargs=step("confirm")
    ),
    "policy_tasks:milestone_detail": row(SEEN, otherwise=HIDDEN, kwargs=milestone),
    "policy_tasks:milestone_reach": row(SEEN, otherwise=HIDDEN, kwargs=milestone),
    "policy_tasks:body_list": row(SEEN, otherwise=REFUSED),
    "policy_tasks:body_board": row(SEEN, otherwise=HIDDEN, kwargs=body),
}
