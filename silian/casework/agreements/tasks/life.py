"""The nightly clock of agreements in force."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.casework.agreements.commands.life import end_due


@app.periodic(cron="2 0 * * *", periodic_id="agreements_end")
@app.task(name="agreements.end_due", queue="agreements", queueing_lock="agreements_end")
def end_due_agreements(timestamp: int) -> None:
    """End what reached its last day or the day of its termination."""
    end_due(on=timezone.localdate())
