"""The nightly work of claims under review."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.governance.incentives.commands.claim_clocks import run_claim_clocks


@app.periodic(cron="20 6 * * *", periodic_id="incentives_claim_clocks")
@app.task(
    name="incentives.claim_clocks", queue="incentives", queueing_lock="incentives_claim_clocks"
)
def run_clocks(timestamp: int) -> None:
    """Let silence take its effect and remind late offices."""
    run_claim_clocks(now=timezone.now())
