"""The nightly work of the training fund."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.operations.learning.commands.clocks import run_clocks


@app.periodic(cron="40 6 * * *", periodic_id="learning_fund_clocks")
@app.task(name="learning.fund_clocks", queue="learning", queueing_lock="learning_fund_clocks")
def run_fund_clocks(timestamp: int) -> None:
    """Chase missing returns and tell of orders past their day."""
    run_clocks(now=timezone.now(), today=timezone.localdate())
