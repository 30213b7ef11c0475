"""Rosters in the background: the import itself, and wiping what nobody confirmed."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from silian.foundation.kernel.jobs import Outcome, Progress, long_job
from silian.registers.programmes.commands.roster_running import import_roster
from silian.registers.programmes.commands.rosters import drop_forgotten_rosters


@long_job("programmes.import_roster")
def run_roster(progress: Progress, *, roster_id: int) -> Outcome:
    """Write the good rows of a checked roster."""
    batch = import_roster(
        roster_id=roster_id,
        tell=lambda done: progress.report(done=done, message="正在登记学生"),
    )
    return Outcome(
        message=f"新增 {batch.new_rows} 人，更新 {batch.changed_rows} 人，"
        f"不变 {batch.same_rows} 人。",
        url=reverse("programmes:roster_detail", args=[batch.pk]),
    )


@app.periodic(cron="40 2 * * *", periodic_id="programmes_rosters")
@app.task(name="programmes.drop_forgotten_rosters", queue="programmes", queueing_lock="rosters")
def drop_forgotten(timestamp: int) -> None:
    """Wipe identity numbers that wait in vain."""
    drop_forgotten_rosters(now=timezone.now())
