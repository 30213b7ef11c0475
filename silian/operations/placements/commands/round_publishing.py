"""Publish a run: every student reads the result, and internships are arranged."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline
from silian.operations.placements.choices.internships import (
    Arrangement,
)
from silian.operations.placements.choices.rounds import (
    RoundState,
    RunState,
)
from silian.operations.placements.commands.arranging import Arranged, arrange_many
from silian.operations.placements.commands.capacity import lock_host
from silian.operations.placements.commands.rounds import create_round, locked_round
from silian.operations.placements.events.rounds import RoundPublished
from silian.operations.placements.models.round_runs import RoundResult, RoundRun
from silian.operations.placements.models.rounds import Round, RoundPost
from silian.operations.placements.queries.round_snapshots import snapshot_of
from silian.operations.placements.rules.arranging import Arranging
from silian.operations.placements.rules.round_market import changed, digest_of
from silian.operations.placements.rules.rounds import RoundPlan
from silian.operations.placements.workflow.rounds import placement_round as steps

OBJECTION_DAYS = 3  # working days to read a result and to write, as with 公示 of awards
WINDOW = datetime.timedelta(days=3)


@dataclass(frozen=True, kw_only=True)
class Publication:
    """What became of the results of a run (公布情况)."""

    placement_round: Round
    arranged: int
    refused: int


@transaction.atomic
def publish_run(
    *, run_id: int, actor: Actor, now: datetime.datetime, warning_reason: str = ""
) -> Publication:
    """Publish a run whose inputs still hold, and arrange the internships (公布结果).

    ``warning_reason`` answers the rules that only warn; without it who is warned of stays
    without an internship, with the sentence of the rule.

    The hosts are locked first, so that two schools cannot fill the same place: who comes second
    finds the room smaller, and is asked to compute again.
    """
    run = RoundRun.objects.select_related("round").get(pk=run_id)
    placement_round = locked_round(round_id=run.round_id, actor=actor)
    lock_hosts(placement_round)
    current = snapshot_of(placement_round, on=placement_round.starts_on)
    placement_round.state = steps.target(
        "publish",
        state=RoundState(placement_round.state),
        is_done=run.state == RunState.DONE,
        blocking_pairs=run.blocking_pairs or 0,
        faults=len(run.faults),
        is_current=digest_of(current) == run.digest,
    )
    placement_round.published_run, placement_round.published_at = run, now
    placement_round.objections_close_at = site_deadline(now, working_days=OBJECTION_DAYS).due_at
    placement_round.save(
        update_fields=["state", "published_run", "published_at", "objections_close_at"]
    )
    arranged, refused = arrange_results(
        run, placement_round, actor=actor, on=timezone.localdate(now), reason=warning_reason
    )
    record(
        actor, "placements.round.published", placement_round,
        detail={"run": run.number, "arranged": arranged, "refused": refused},
    )  # fmt: skip
    publish(RoundPublished(round_id=placement_round.pk, run_id=run.pk))
    return Publication(placement_round=placement_round, arranged=arranged, refused=refused)


def lock_hosts(placement_round: Round) -> None:
    """All hosts of the round in one fixed order, so that two schools never wait in a ring."""
    hosts = placement_round.posts.order_by().values_list("post__organisation_id", flat=True)
    for organisation_id in sorted(set(hosts)):
        lock_host(organisation_id=organisation_id)


def arrange_results(
    run: RoundRun, placement_round: Round, *, actor: Actor, on: datetime.date, reason: str
) -> tuple[int, int]:
    """An internship for each student who got a post; a refusal stays on the result."""
    results = list(
        run.results.filter(round_post__isnull=False)
        .select_related("student", "round_post")
        .order_by("pk")
    )
    wishes = [arranging_of(result, placement_round, reason=reason) for result in results]
    answers = arrange_many(actor=actor, wishes=wishes, on=on)
    arranged = 0
    for result, answer in zip(results, answers, strict=True):
        if isinstance(answer, Arranged):
            result.internship_id = answer.internship.pk
            arranged += 1
        else:
            result.refusal = answer.sentence[:300]
    RoundResult.objects.bulk_update(results, ["internship_id", "refusal"], batch_size=500)
    return arranged, len(results) - arranged


def arranging_of(result: RoundResult, placement_round: Round, *, reason: str) -> Arranging:
    post: RoundPost = result.round_post  # type: ignore[assignment]
    return Arranging(
        person_id=result.student.person_id,
        plan_id=result.student.plan_id,
        host_id=post.host_id,
        post_id=post.post_id,
        starts_on=placement_round.starts_on,
        ends_on=placement_round.ends_on,
        arrangement=Arrangement.ROUND,
        mismatch_reason=reason,
        warning_reason=reason,
    )


@transaction.atomic
def open_next_round(*, round_id: int, actor: Actor, now: datetime.datetime) -> Round:
    """Draft a second round with who is left and the places that are left (第二轮)."""
    previous = locked_round(round_id=round_id, actor=actor)
    if previous.published_run is None:
        raise WrongState("本轮公布结果后才能筹备下一轮。")
    if Round.objects.filter(previous=previous).exists():
        raise WrongState("下一轮已经在筹备。")
    if now.date() + 2 * WINDOW >= previous.starts_on:
        raise DomainError("离实习起始日不足一周，来不及再开一轮。请由学校直接安排。")
    placement_round = create_round(
        actor=actor, plan=next_plan(previous, now=now), now=now, previous=previous
    )
    take_scores(placement_round, previous)
    take_left_places(placement_round, previous)
    return placement_round


def next_plan(previous: Round, *, now: datetime.datetime) -> RoundPlan:
    opens = timezone.localtime(now).replace(minute=0, second=0, microsecond=0)
    return RoundPlan(
        title=f"{previous.title[:110]}（补录）",
        kind=previous.kind,
        plan_ids=tuple(previous.plans.values_list("pk", flat=True)),
        starts_on=previous.starts_on,
        ends_on=previous.ends_on,
        wishes_open_at=opens,
        wishes_close_at=opens + WINDOW,
        ranking_closes_at=opens + WINDOW + datetime.timedelta(days=1),
        most_wishes=previous.most_wishes,
        basis=previous.basis,
        host_weight=previous.host_weight,
        score_name=previous.score_name,
        group_order=tuple(previous.group_order),
    )


def take_scores(placement_round: Round, previous: Round) -> None:
    """Scores, counties and lodging of the first round hold in the second."""
    known = {student.person_id: student for student in previous.students.all()}
    students = [student for student in placement_round.students.all() if student.person_id in known]
    for student in students:
        before = known[student.person_id]
        student.score, student.county_code = before.score, before.county_code
        student.needs_lodging = before.needs_lodging
    fields = ["score", "county_code", "needs_lodging"]
    placement_round.students.model.objects.bulk_update(students, fields, batch_size=500)


def take_left_places(placement_round: Round, previous: Round) -> None:
    """The places that nobody got, without reserves."""
    run: RoundRun = previous.published_run  # type: ignore[assignment]
    taken = Counter(
        run.results.filter(internship_id__isnull=False).values_list("round_post_id", flat=True)
    )
    offered = {
        post["id"]: post["places"] for post in changed(run.inputs, changes=run.changes)["posts"]
    }
    RoundPost.objects.bulk_create(
        RoundPost(round=placement_round, post_id=post.post_id, host_id=post.host_id, places=left)
        for post in previous.posts.all()
        if (left := offered.get(post.pk, 0) - taken[post.pk]) > 0
    )
