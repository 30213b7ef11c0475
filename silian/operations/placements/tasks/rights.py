"""The nightly work of pay and the clocks of complaints."""

from __future__ import annotations

import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.foundation.kernel.actors import system_actor
from silian.operations.placements.commands.complaint_handling import (
    escalate_complaint,
    overdue_complaint_ids,
)
from silian.operations.placements.commands.pay_alarms import (
    tell_authority,
    unsettled_record_ids,
    watch_records,
)
from silian.operations.placements.commands.pay_months import open_month
from silian.operations.placements.commands.visit_notices import tell_visits_due
from silian.operations.placements.rules.pay import month_start

AT_ONCE = 500  # months looked at in one transaction
MONTHS_BACK = 3  # late papers of an internship still get their months


@app.periodic(cron="40 0 * * *", periodic_id="placements_pay")
@app.task(name="placements.watch_pay", queue="placements", queueing_lock="placements_pay")
def watch_pay(timestamp: int) -> None:
    """Open the months that are over, compare pay with what was due, tell the authority."""
    now = timezone.localtime()
    month = month_start(now.date())
    for _ in range(MONTHS_BACK):
        month = month_start(month - datetime.timedelta(days=1))
        open_month(month=month, actor=system_actor())
    ids = unsettled_record_ids(today=now.date())
    for start in range(0, len(ids), AT_ONCE):
        watch_records(record_ids=ids[start : start + AT_ONCE], now=now)
    tell_authority(now=now)


@app.periodic(cron="30 6 * * *", periodic_id="placements_visits")
@app.task(name="placements.tell_visits", queue="placements", queueing_lock="placements_visits")
def tell_visits(timestamp: int) -> None:
    """Tell teachers in the morning whom they have to visit."""
    tell_visits_due(today=timezone.localdate())


@app.periodic(cron="10 1 * * *", periodic_id="placements_complaints")
@app.task(
    name="placements.escalate_complaints",
    queue="placements",
    queueing_lock="placements_complaints",
)
def escalate_complaints(timestamp: int) -> None:
    """Give late complaints to the authority above, each in its own transaction."""
    now = timezone.localtime()
    for complaint_id in overdue_complaint_ids(now=now):
        escalate_complaint(complaint_id=complaint_id, now=now)
