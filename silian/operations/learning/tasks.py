"""The nightly work of learning: the training fund, and competitions whose day has come."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.foundation.kernel.actors import system_actor
from silian.operations.learning.commands.clocks import run_clocks
from silian.operations.learning.commands.competitions import open_due
from silian.operations.learning.queries.competitions import due_to_open


@app.periodic(cron="40 6 * * *", periodic_id="learning_fund_clocks")
@app.task(name="learning.fund_clocks", queue="learning", queueing_lock="learning_fund_clocks")
def run_fund_clocks(timestamp: int) -> None:
    """Chase missing returns and tell of orders past their day."""
    run_clocks(now=timezone.now(), today=timezone.localdate())


@app.periodic(cron="10 0 * * *", periodic_id="learning_open_competitions")
@app.task(
    name="learning.open_competitions",
    queue="learning",
    queueing_lock="learning_open_competitions",
)
def open_competitions(timestamp: int) -> None:
    """Open registration of competitions on their day."""
    today = timezone.localdate()
    for competition_id in due_to_open(on=today):
        open_due(competition_id=competition_id, actor=system_actor(), today=today)
