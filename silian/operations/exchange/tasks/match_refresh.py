"""The recommendations, computed anew every night."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.operations.exchange.commands.match_refresh import refresh_recommendations


@app.periodic(cron="40 2 * * *", periodic_id="exchange_match_refresh")
@app.task(name="exchange.refresh_recommendations", queue="exchange", queueing_lock="match_refresh")
def refresh_every_night(timestamp: int) -> None:
    """When nobody waits for the machine."""
    refresh_recommendations(now=timezone.now())
