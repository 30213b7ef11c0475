"""Who gets what from the addresses of reviewing claims."""

from __future__ import annotations

from typing import Any

from tests.access import HIDDEN, Row, only, public
from tests.governance.incentives.claim_review import stage
from tests.world import World

OFFICES = ("reviewer", "coordinator", "school")
OFFICIALS = ("reviewer", "coordinator", "supervisor", "leader")


def first_step(world: World) -> dict[str, int]:
    claim = stage.handed_in(world, stage.make_set(world))
    return {"step_id": stage.step(claim, 1).pk}


def answered(name: str) -> Any:
    return lambda world: {**first_step(world), "name": name}


def signal(world: World) -> dict[str, int]:
    return {"risk_id": stage.risk(stage.handed_in(world, stage.make_set(world))).pk}


def notice(world: World) -> dict[str, int]:
    return {"notice_id": stage.notice_line(world, stage.make_set(world)).notice_id}


def line(world: World) -> dict[str, int]:
    return {"line_id": stage.notice_line(world, stage.make_set(world)).pk}


def call(world: World) -> dict[str, int]:
    return {"call_id": stage.make_set(world).call.pk}


def objection(world: World) -> dict[str, int]:
    row = stage.objection(stage.notice_line(world, stage.make_set(world)))
    return {"objection_id": row.pk}


def school_step(**given: Any) -> Row:
    """The school answers; the unit and officials see the claim and may not answer for it."""
    row = only("school", otherwise=HIDDEN, **given)
    seen = dict.fromkeys(("enterprise", *OFFICIALS), 403)
    return Row(statuses={**row.statuses, **seen}, kwargs=row.kwargs)


CLAIM_REVIEW_ROWS: dict[str, Row] = {
    "incentives:claim_review_list": only(*OFFICES),
    "incentives:claim_step_answer": school_step(kwargs=answered("agree")),
    "incentives:claim_items_strike": school_step(kwargs=first_step),
    "incentives:claim_risk_settle": only("reviewer", "coordinator", kwargs=signal),
    "incentives:claim_notice_list": public(),
    "incentives:claim_notice": public(kwargs=notice),
    "incentives:claim_notice_end": only(
        "reviewer", "coordinator", status=302, method="post", kwargs=notice
    ),
    "incentives:claim_notice_new": only("reviewer", "coordinator", kwargs=call),
    "incentives:claim_objection_raise": public(kwargs=line),
    "incentives:claim_objection_answer": only("reviewer", "coordinator", kwargs=objection),
}
