"""The nightly clocks of calls, fixes and opinions."""

from __future__ import annotations

import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.casework.reviews.commands.campaigns import close_campaign
from silian.casework.reviews.commands.intake import lapse_fix
from silian.casework.reviews.commands.opinions import settle_silence
from silian.casework.reviews.commands.reminding import (
    remind_of_draft,
    remind_of_fix,
    remind_of_opinion,
)
from silian.casework.reviews.queries.clocks import (
    calls_over,
    drafts_due,
    fixes_due,
    fixes_over,
    opinions_due,
    opinions_over,
)
from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.site_calendar import site_calendar

REMIND_DAYS_BEFORE = 2  # working days: time for one more round inside a department


@app.periodic(cron="12 0 * * *", periodic_id="reviews_clocks")
@app.task(name="reviews.settle_overdue", queue="reviews", queueing_lock="reviews_clocks")
def settle(timestamp: int) -> None:
    """Do what silence means, each row in its own transaction."""
    settle_overdue(on=timezone.localdate())


def settle_overdue(*, on: datetime.date) -> None:
    """Close calls, judge files whose fix did not come, take late departments as silent."""
    actor = system_actor()
    for campaign_id in calls_over(on=on):
        close_campaign(campaign_id=campaign_id, actor=actor, on=on)
    for dossier_id in fixes_over(on=on):
        lapse_fix(dossier_id=dossier_id, actor=actor, on=on)
    for opinion_id in opinions_over(on=on):
        settle_silence(opinion_id=opinion_id, actor=actor, on=on)


@app.periodic(cron="40 7 * * *", periodic_id="reviews_reminders")
@app.task(name="reviews.remind", queue="reviews", queueing_lock="reviews_reminders")
def remind(timestamp: int) -> None:
    """Remind departments and applicants before their day."""
    remind_before(on=timezone.localdate())


def remind_before(*, on: datetime.date) -> None:
    """Tell those whose last day is two working days away; a second run tells nobody again."""
    day = site_calendar().add(on, days=REMIND_DAYS_BEFORE)
    for opinion in opinions_due(on=day):
        remind_of_opinion(opinion=opinion, on=on)
    for dossier in fixes_due(on=day):
        remind_of_fix(dossier=dossier, on=on)
    for draft in drafts_due(on=day):
        remind_of_draft(dossier=draft, on=on)
