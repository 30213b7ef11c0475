"""The clocks of events: close the sign-up, remind."""

from __future__ import annotations

import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.foundation.kernel.actors import system_actor
from silian.operations.exchange.commands.match_event_planning import (
    close_signup,
    remind_participants,
)
from silian.operations.exchange.queries.match_event_clocks import near_ids, signup_over_ids

REMINDED_BEFORE = datetime.timedelta(hours=30)  # the morning before, wherever the day begins


@app.periodic(cron="*/10 * * * *", periodic_id="exchange_event_signup")
@app.task(name="exchange.close_event_signups", queue="exchange", queueing_lock="event_signups")
def close_event_signups(timestamp: int) -> None:
    """Close the sign-ups whose time is over; each in its own transaction."""
    for event_id in signup_over_ids(now=timezone.now()):
        close_signup(event_id=event_id, actor=system_actor())


@app.periodic(cron="50 * * * *", periodic_id="exchange_event_reminders")
@app.task(name="exchange.remind_of_events", queue="exchange", queueing_lock="event_reminders")
def remind_of_events(timestamp: int) -> None:
    """Remind participants the day before, once."""
    now = timezone.now()
    for event_id in near_ids(now=now, before=REMINDED_BEFORE):
        remind_participants(event_id=event_id, actor=system_actor(), now=now)
