"""Compute a round on a frozen snapshot: the run itself, what-ifs, and one late change."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.jobs import start_job
from silian.operations.placements.choices.rounds import (
    RoundState,
    RunState,
)
from silian.operations.placements.commands.rounds import locked_round
from silian.operations.placements.models.round_runs import RoundResult, RoundRun
from silian.operations.placements.models.rounds import Round
from silian.operations.placements.queries.round_snapshots import snapshot_of
from silian.operations.placements.rules.round_market import (
    Solved,
    changed,
    digest_of,
    market_of,
    resolve,
    solve,
)
from silian.operations.placements.workflow.rounds import placement_round as steps

LATE = "late"  # a change after solving: only those move who must


@transaction.atomic
def start_run(
    *, round_id: int, actor: Actor, label: str = "", changes: Mapping[str, Any] | None = None
) -> RoundRun:
    """Freeze the round as it is now and compute it in the background (提交试算)."""
    placement_round = locked_round(round_id=round_id, actor=actor)
    placement_round.state = steps.target("solve", state=RoundState(placement_round.state))
    asked = dict(changes or {})
    snapshot = snapshot_of(placement_round, on=placement_round.starts_on)
    refuse_impossible(snapshot, changes=asked)
    run = RoundRun.objects.create(
        round=placement_round,
        number=next_number(placement_round),
        label=label.strip()[:120],
        changes=asked,
        inputs=snapshot,
        digest=digest_of(snapshot),
        made_by_id=actor.user_id,
    )
    job = start_job(
        kind="placements.solve_round",
        title=f"计算“{placement_round.title}”第 {run.number} 次",
        actor=actor,
        run_id=run.pk,
    )
    run.job_id = job.pk
    run.save(update_fields=["job_id"])
    placement_round.save(update_fields=["state"])
    record(actor, "placements.round.run_started", placement_round, detail={"run": run.number})
    return run


def next_number(placement_round: Round) -> int:
    return (placement_round.runs.aggregate(last=Max("number"))["last"] or 0) + 1


def refuse_impossible(snapshot: Mapping[str, Any], *, changes: Mapping[str, Any]) -> None:
    """A what-if keeps to what posts and hosts can take; asks the engine before the job starts."""
    room = {post["id"]: (post["title"], post["places"]) for post in snapshot["posts"]}
    for key, places in changes.get("places", {}).items():
        if int(key) not in room:
            raise DomainError("试算里有岗位不在本轮，请刷新后重新填写。")
        title, most = room[int(key)]
        if not 0 <= places <= most and not changes.get("beyond"):
            raise DomainError(f"{title}最多 {most} 个名额，不能试算 {places} 个。")
    market_of(changed(snapshot, changes=changes))


def finish_run(*, run_id: int) -> RoundRun:
    """Compute a run from its own snapshot and keep what came out (完成试算)."""
    run = RoundRun.objects.get(pk=run_id)
    if run.state == RunState.DONE:
        return run
    started = time.perf_counter()
    solved = computed(run)
    took = int((time.perf_counter() - started) * 1000)
    return keep(run, solved, took_ms=took)


def computed(run: RoundRun) -> Solved:
    changes = {name: value for name, value in run.changes.items() if name not in (LATE, "beyond")}
    if run.changes.get(LATE):
        return resolve(run.inputs, changes=changes)
    return solve(changed(run.inputs, changes=changes))


@transaction.atomic
def keep(run: RoundRun, solved: Solved, *, took_ms: int) -> RoundRun:
    run = RoundRun.objects.select_for_update().get(pk=run.pk)
    run.results.all().delete()
    RoundResult.objects.bulk_create(
        [
            RoundResult(
                run=run,
                student_id=outcome.student,
                round_post_id=outcome.post,
                rank=outcome.rank,
                is_reserved=outcome.is_reserved,
                sentence=outcome.sentence[:300],
                missed=[sentence[:300] for sentence in outcome.missed],
            )
            for outcome in solved.outcomes
        ],
        batch_size=1000,
    )
    run.figures = solved.figures
    run.blocking_pairs = solved.blocking_pairs
    run.faults = [fault[:200] for fault in solved.faults]
    run.took_ms, run.state, run.solved_at = took_ms, RunState.DONE, timezone.now()
    run.save()
    record(
        system_actor(),
        "placements.round.run_finished",
        run.round,
        detail={"run": run.number, "blocking_pairs": solved.blocking_pairs},
    )
    return run


@transaction.atomic
def fail_run(*, run_id: int) -> None:
    """Say that a computation did not finish; nothing of it was kept (未算完)."""
    RoundRun.objects.filter(pk=run_id, state=RunState.WAITING).update(state=RunState.FAILED)
