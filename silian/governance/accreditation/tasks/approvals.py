"""The daily clocks of approval cases."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.foundation.kernel.site_calendar import site_calendar
from silian.governance.accreditation.commands.approvals import accept_silently
from silian.governance.accreditation.commands.reminders import remind_of_limit
from silian.governance.accreditation.queries.guide import cases_near_limit, cases_unanswered

WATCH_DAYS = 2  # the same two working days at which clocks on pages turn to watch


@app.periodic(cron="10 0 * * *", periodic_id="accreditation_silence")
@app.task(name="accreditation.silence", queue="accreditation", queueing_lock="accr_silence")
def accept_unanswered(timestamp: int) -> None:
    """What was not answered in time is accepted by law, each case in its own transaction."""
    now = timezone.localtime()
    for case_id in cases_unanswered(now=now):
        accept_silently(case_id=case_id, now=now)


@app.periodic(cron="30 7 * * *", periodic_id="accreditation_limits")
@app.task(name="accreditation.limits", queue="accreditation", queueing_lock="accr_limits")
def warn_of_limits(timestamp: int) -> None:
    """Tell the authority of cases whose limit is near or past."""
    today, calendar = timezone.localdate(), site_calendar()
    for case in cases_near_limit(today=today, calendar=calendar, within=WATCH_DAYS):
        remind_of_limit(case_id=case.pk, today=today)
