"""The nightly reading of evaluation results."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.governance.incentives.commands.reward_results import collect_all


@app.periodic(cron="50 3 * * *", periodic_id="incentives_results")
@app.task(name="incentives.collect_results", queue="incentives", queueing_lock="incentives_results")
def collect_evaluation_results(timestamp: int) -> None:
    """Take over what the sources say, region by region."""
    collect_all(now=timezone.now())
