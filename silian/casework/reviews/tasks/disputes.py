"""The clocks of objections and appeals: marked late at night, reminded of on working mornings."""

from __future__ import annotations

import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.casework.reviews.commands.lateness import (
    mark_late_appeal,
    mark_late_objection,
    remind_of_late_appeal,
    remind_of_late_objection,
)
from silian.casework.reviews.queries.lateness import late_appeals, late_objections
from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.site_calendar import site_calendar


@app.periodic(cron="32 0 * * *", periodic_id="reviews_disputes")
@app.task(name="reviews.mark_late", queue="reviews", queueing_lock="reviews_disputes")
def mark(timestamp: int) -> None:
    """Mark what was not answered in time."""
    mark_late(on=timezone.localdate())


def mark_late(*, on: datetime.date) -> int:
    """Mark each late one in its own transaction; returns how many are new. May run again."""
    actor = system_actor()
    objections = late_objections(on=on).filter(late_since=None).values_list("pk", flat=True)
    appeals = late_appeals(on=on).filter(late_since=None).values_list("pk", flat=True)
    marked = [mark_late_objection(objection_id=pk, actor=actor, on=on) for pk in list(objections)]
    marked += [mark_late_appeal(appeal_id=pk, actor=actor, on=on) for pk in list(appeals)]
    return sum(marked)


@app.periodic(cron="50 7 * * *", periodic_id="reviews_late_reminders")
@app.task(name="reviews.remind_late", queue="reviews", queueing_lock="reviews_late_reminders")
def remind(timestamp: int) -> None:
    """Remind of what is late."""
    remind_late(on=timezone.localdate())


def remind_late(*, on: datetime.date) -> int:
    """Remind once a working day; on rest days nobody is disturbed. Returns of how many."""
    calendar = site_calendar()
    if not calendar.is_working(on):
        return 0
    objections, appeals = list(late_objections(on=on)), list(late_appeals(on=on))
    for objection in objections:
        remind_of_late_objection(objection=objection, calendar=calendar, on=on)
    for appeal in appeals:
        remind_of_late_appeal(appeal=appeal, calendar=calendar, on=on)
    return len(objections) + len(appeals)
