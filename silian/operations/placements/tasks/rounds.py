"""Background work of rounds: computing one, and closing its wishes in time."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.jobs import Outcome, Progress, long_job
from silian.operations.placements.commands import round_solving
from silian.operations.placements.commands.rounds import close_wishes
from silian.operations.placements.queries.rounds import due_to_close


@long_job("placements.solve_round")
def solve_round(progress: Progress, *, run_id: int) -> Outcome:
    """Compute a run from its snapshot, with the independent check."""
    progress.report(done=0, total=1, message="正在计算和核对")
    try:
        run = round_solving.finish_run(run_id=run_id)
    except Exception:
        round_solving.fail_run(run_id=run_id)
        raise
    progress.report(done=1, total=1)
    figures = run.figures
    return Outcome(
        message=f"{figures['placed']} 人分配到岗位，{figures['first']} 人为第一志愿。",
        url=reverse("placements:round_runs", kwargs={"round_id": run.round_id}),
    )


@app.periodic(cron="*/5 * * * *", periodic_id="placements_round_clocks")
@app.task(name="placements.close_wishes", queue="placements", queueing_lock="round_clocks")
def close_due_wishes(timestamp: int) -> None:
    """Take no more wishes once their time is over."""
    now = timezone.now()
    for placement_round in due_to_close(now=now):
        close_wishes(round_id=placement_round.pk, actor=system_actor(), now=now)
