"""What time does to listings, asked once an hour or a day."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.operations.exchange.commands.listing_upkeep import (
    expire_listings,
    pause_unconfirmed,
    remind_confirmations,
    remind_expiring,
)


@app.periodic(cron="10 * * * *", periodic_id="exchange_expiry")
@app.task(name="exchange.expire_listings", queue="exchange", queueing_lock="expiry")
def expire_due_listings(timestamp: int) -> None:
    """Take what has passed its validity, or was not confirmed, out of the hall."""
    today = timezone.localdate()
    expire_listings(today=today)
    pause_unconfirmed(today=today)


@app.periodic(cron="30 8 * * *", periodic_id="exchange_listing_reminders")
@app.task(name="exchange.remind_publishers", queue="exchange", queueing_lock="publishers")
def remind_publishers(timestamp: int) -> None:
    """In the morning, ask for confirmations and tell what ends within a week."""
    today = timezone.localdate()
    remind_confirmations(today=today)
    remind_expiring(today=today)
