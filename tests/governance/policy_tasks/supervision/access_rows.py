"""Who gets what from the addresses of supervision."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from silian.governance.policy_tasks.choices import AccountabilityState
from silian.governance.policy_tasks.models.supervision import SupervisionRound
from silian.governance.policy_tasks.models.supervision_findings import (
    Accountability,
    SupervisionFinding,
)
from silian.governance.policy_tasks.models.supervision_scores import ScoreSheet
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only
from tests.governance.policy_tasks.supervision import stage
from tests.world import CITY, ROLES, World

DONE, INVALID, CONFLICT = 302, 422, 409
OVERSEERS = ("coordinator", "supervisor", "leader")
BUREAU = ("reviewer", "coordinator")  # the department that the order is about
READERS = ("reviewer", *OVERSEERS)


def an_order(world: World) -> SupervisionFinding:
    return SupervisionFinding.objects.first() or stage.issued(world)


def order(world: World) -> dict[str, Any]:
    return {"finding_id": an_order(world).pk}


def with_order(world: World) -> dict[str, Any]:
    an_order(world)
    return {}


def order_step(name: str) -> Any:
    return lambda world: {**order(world), "name": name}


def a_round(world: World) -> SupervisionRound:
    return SupervisionRound.objects.first() or stage.running(world)


def round_(world: World) -> dict[str, Any]:
    return {"round_id": a_round(world).pk}


def round_step(world: World) -> dict[str, Any]:
    return {**round_(world), "name": "start"}


def line(world: World) -> dict[str, Any]:
    row = a_round(world)
    if not row.items.exists():
        row.items.create(task=stage.make_task(world, number="9"), taken_at=timezone.now())
    return {"round_id": row.pk, "item_id": row.items.first().pk}


def a_record(world: World) -> Accountability:
    """A record that stands on its last day of reply."""
    row, _ = Accountability.objects.update_or_create(
        document="约谈通知",
        defaults={
            "division_id": CITY,
            "body": stage.body_of(world.coordinator),
            "measure": "talk",
            "facts": "督办单两次退回仍未整改。",
            "decided_by": "市领导小组办公室",
            "decided_on": timezone.localdate(),
            "reply_due_on": timezone.localdate(),
            "state": AccountabilityState.TOLD,
            "recorded_by": world.supervisor.user,
            "recorded_at": timezone.now(),
        },
    )
    return row


def record(world: World) -> dict[str, Any]:
    return {"record_id": a_record(world).pk}


def with_record(world: World) -> dict[str, Any]:
    a_record(world)
    return {}


def settling(world: World) -> dict[str, Any]:
    return {**record(world), "name": "uphold"}


def sheet(world: World) -> dict[str, Any]:
    found = ScoreSheet.objects.first()
    if found is None:
        found = ScoreSheet.objects.create(
            division_id=CITY,
            scheme=stage.scheme(world),
            starts_on=stage.TODAY - 30 * stage.DAY,
            ends_on=stage.TODAY,
            fixed_by=world.supervisor.user,
            fixed_at=timezone.now(),
        )
    return {"sheet_id": found.pk}


def rows(*, ok: tuple[str, ...], refused: tuple[str, ...], status: int = OK, **given: Any) -> Row:
    """Some may, some see and are refused, the others do not find it."""
    statuses = dict.fromkeys(ROLES, HIDDEN) | {"anonymous": LOGIN}
    return Row(
        statuses={**statuses, **dict.fromkeys(refused, REFUSED), **dict.fromkeys(ok, status)},
        **given,
    )


def run_only(status: int = OK, **given: Any) -> Row:
    """For the supervisor; other overseers are refused, the rest do not find the round."""
    return rows(ok=("supervisor",), refused=("coordinator", "leader"), status=status, **given)


SUPERVISOR_ON_ORDER = ("reviewer", "coordinator", "leader")
SUPERVISION_ROWS: dict[str, Row] = {
    "policy_tasks:supervision_list": only(*READERS, data=with_order),
    "policy_tasks:supervision_new": only("supervisor"),
    "policy_tasks:supervision_detail": only(*READERS, otherwise=HIDDEN, kwargs=order),
    "policy_tasks:supervision_answer": rows(
        ok=BUREAU, refused=("supervisor", "leader"), kwargs=order
    ),
    "policy_tasks:supervision_return": rows(
        ok=("supervisor",), refused=SUPERVISOR_ON_ORDER, kwargs=order
    ),
    "policy_tasks:supervision_step": rows(
        ok=("supervisor",),
        refused=SUPERVISOR_ON_ORDER,
        status=CONFLICT,
        kwargs=order_step("accept"),
        method="post",
    ),
    "policy_tasks:supervision_round_list": only(*OVERSEERS),
    "policy_tasks:supervision_round_new": only("supervisor"),
    "policy_tasks:supervision_round_detail": only(*OVERSEERS, otherwise=HIDDEN, kwargs=round_),
    "policy_tasks:supervision_round_edit": run_only(kwargs=round_),
    "policy_tasks:supervision_round_fill": run_only(CONFLICT, kwargs=round_, method="post"),
    "policy_tasks:supervision_round_step": run_only(CONFLICT, kwargs=round_step, method="post"),
    "policy_tasks:supervision_check": run_only(kwargs=line),
    "policy_tasks:supervision_check_remove": run_only(DONE, kwargs=line, method="post"),
    "policy_tasks:supervision_visit_new": run_only(kwargs=round_),
    "policy_tasks:supervision_round_close": run_only(kwargs=round_),
    "policy_tasks:supervision_ranking": only(*OVERSEERS),
    "policy_tasks:score_sheet": only(*OVERSEERS, otherwise=HIDDEN, kwargs=sheet),
    "policy_tasks:score_sheet_new": only("supervisor"),
    "policy_tasks:score_scheme_list": only(*OVERSEERS),
    "policy_tasks:score_scheme_new": only("coordinator"),
    "policy_tasks:accountability_list": only(*READERS, data=with_record),
    "policy_tasks:accountability_new": only("supervisor"),
    "policy_tasks:accountability_detail": only(*READERS, otherwise=HIDDEN, kwargs=record),
    "policy_tasks:accountability_reply": rows(
        ok=BUREAU, refused=("supervisor", "leader"), kwargs=record
    ),
    "policy_tasks:accountability_settle": rows(
        ok=("supervisor",), refused=SUPERVISOR_ON_ORDER, kwargs=settling
    ),
}
