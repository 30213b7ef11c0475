"""The nightly clock of internships."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.operations.placements.commands.agreements import take_terms_due
from silian.operations.placements.commands.ending import close_due
from silian.operations.placements.commands.moving import complete_due_moves


@app.periodic(cron="15 0 * * *", periodic_id="placements_internship_clocks")
@app.task(
    name="placements.internship_clocks", queue="placements", queueing_lock="internship_clocks"
)
def run_internship_clocks(timestamp: int) -> None:
    """Take over terms and posts that hold from today, then close what is over."""
    now = timezone.now()
    take_terms_due(now=now)
    complete_due_moves(now=now)
    close_due(now=now)
