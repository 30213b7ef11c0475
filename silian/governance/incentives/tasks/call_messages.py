"""The morning round of open calls: who may claim since yesterday, whose last day is near."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.governance.incentives.commands.call_messages import remind_of_calls


@app.periodic(cron="10 23 * * *", periodic_id="incentives_call_messages")
@app.task(
    name="incentives.call_messages", queue="incentives", queueing_lock="incentives_call_messages"
)
def tell_of_calls(timestamp: int) -> None:
    """Ten past seven in the morning, Beijing time."""
    remind_of_calls(now=timezone.now())
