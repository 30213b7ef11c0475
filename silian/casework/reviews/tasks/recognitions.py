"""Certificates made by a worker, and the nightly clocks of statuses and duties."""

from __future__ import annotations

import datetime

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from silian.casework.reviews.commands.certificates import CERTIFICATE_TASK, keep_certificate
from silian.casework.reviews.commands.duties import make_all_duties, miss_overdue
from silian.casework.reviews.commands.rechecks import make_due_rechecks
from silian.casework.reviews.commands.recognitions import expire_due
from silian.casework.reviews.commands.reminders import remind_of_duties
from silian.casework.reviews.exports.certificates import sealed_certificate
from silian.casework.reviews.models import Certificate

RETRY = RetryStrategy(max_attempts=5, wait=30)


@app.task(name=CERTIFICATE_TASK, queue="reviews", retry=RETRY)
def make_certificate(*, certificate_id: int) -> None:
    """Make the PDF of one certificate; a second run finds it made."""
    rows = Certificate.objects.select_related(
        "act",
        "recognition__scheme",
        "recognition__holder",
        "recognition__division",
        "recognition__dossier__campaign__owner",
    )
    certificate = rows.get(pk=certificate_id)
    if certificate.document_id is None:
        keep_certificate(certificate_id=certificate_id, content=sealed_certificate(certificate))


@app.periodic(cron="22 0 * * *", periodic_id="reviews_recognitions")
@app.task(name="reviews.settle_recognitions", queue="reviews", queueing_lock="reviews_recognitions")
def settle_recognitions(timestamp: int) -> None:
    """End what is over, make what is owed, say what was missed."""
    settle(on=timezone.localdate())


def settle(*, on: datetime.date) -> None:
    """The night's work in its order; a second run does nothing more."""
    expire_due(on=on)
    make_all_duties(on=on)
    miss_overdue(on=on)
    make_due_rechecks(on=on)


@app.periodic(cron="45 7 * * *", periodic_id="reviews_duty_reminders")
@app.task(name="reviews.remind_duties", queue="reviews", queueing_lock="reviews_duty_reminders")
def remind_duties(timestamp: int) -> None:
    """Remind holders before and after the term of a duty."""
    remind_of_duties(on=timezone.localdate())
