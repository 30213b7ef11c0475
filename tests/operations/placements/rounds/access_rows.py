"""Who gets what from the addresses of rounds."""

from __future__ import annotations

from typing import Any

from silian.operations.placements.commands.round_objections import raise_objection
from silian.operations.placements.commands.round_publishing import publish_run
from silian.operations.placements.models import Round, RoundObjection, RoundPost, RoundRun
from tests.access import HIDDEN, Row, only, signed_in
from tests.operations.placements.rounds import stage
from tests.world import World

CONCERNED = (
    "school", "teacher", "enterprise", "rival", "student",
    "reviewer", "coordinator", "supervisor", "leader",
)  # fmt: skip
DONE = 302


def a_round(world: World) -> Round:
    """A published round in which the world's student sits."""
    found = Round.objects.first()
    if found:
        return found
    made = stage.wished_round(world)
    stage.seat_own_student(world, made)
    run = stage.solved(world, made)
    publish_run(run_id=run.pk, actor=world.school.actor, now=stage.RANKED)
    return made


def round_of(world: World) -> dict[str, Any]:
    return {"round_id": a_round(world).pk}


def step_of(world: World) -> dict[str, Any]:
    return {**round_of(world), "step": "open"}


def student_of(world: World) -> dict[str, Any]:
    return {"student_id": stage.students_of(a_round(world))[0].pk}


def post_of(world: World) -> dict[str, Any]:
    found = RoundPost.objects.filter(
        round=a_round(world), post__organisation=world.enterprise.organisation
    )
    return {"round_post_id": found.order_by("pk")[0].pk}


def run_number(world: World) -> dict[str, Any]:
    return {**round_of(world), "number": 1}


def run_of(world: World) -> dict[str, Any]:
    return {"run_id": RoundRun.objects.get(round=a_round(world)).pk}


def objection_of(world: World) -> dict[str, Any]:
    made = a_round(world)
    found = RoundObjection.objects.first()
    if found is None:
        run = RoundRun.objects.get(round=made)
        result = run.results.get(student__person__user=world.student.user)
        found = raise_objection(
            result_id=result.pk, actor=world.student.actor, reason="成绩有误", now=stage.RANKED
        )
    return {"objection_id": found.pk}


def ranking() -> Row:
    """The host's own post; another host's is not there, others may not."""
    statuses = only("enterprise", kwargs=post_of).statuses
    return Row(statuses={**statuses, "rival": HIDDEN}, kwargs=post_of)


def own(role: str, **given: Any) -> Row:
    """What is there for one role alone."""
    return only(role, otherwise=HIDDEN, **given)


ROUND_ROWS: dict[str, Row] = {
    "placements:rounds": signed_in(),
    "placements:round_new": only("school"),
    "placements:round": only(*CONCERNED, otherwise=HIDDEN, kwargs=round_of),
    "placements:round_edit": only("school", kwargs=round_of),
    "placements:round_step": only("school", status=DONE, method="post", kwargs=step_of),
    "placements:round_students": only("school", "teacher", kwargs=round_of),
    "placements:round_student_leave": only("school", status=DONE, method="post", kwargs=student_of),
    "placements:round_posts": only("school", kwargs=round_of),
    "placements:round_reserves": only("school", kwargs=post_of),
    "placements:round_wishes": own("student", kwargs=round_of),
    "placements:round_ranking": ranking(),
    "placements:round_runs": only("school", kwargs=round_of),
    "placements:round_run": only("school", "teacher", kwargs=run_number),
    "placements:round_publish": only("school", status=DONE, method="post", kwargs=run_of),
    "placements:round_result": own("student", kwargs=round_of),
    "placements:round_objections": only("school", kwargs=round_of),
    "placements:round_objection": only("school", kwargs=objection_of),
}
