"""Work behind signing: copies, expiry, reminders, many at once."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from silian.casework.agreements.commands.completing import DOCUMENT_TASK, lapse_overdue
from silian.casework.agreements.commands.documents import keep_document
from silian.casework.agreements.exports.signed_copies import signed_copy
from silian.casework.agreements.queries.verification import signed_version


@app.task(name=DOCUMENT_TASK, queue="agreements", retry=RetryStrategy(max_attempts=5, wait=30))
def make_document(*, version_id: int) -> None:
    """Make the copy of one signed version; a second run finds it made."""
    version = signed_version(version_id=version_id)
    if version is not None and version.document_id is None:
        keep_document(version_id=version_id, content=signed_copy(version))


@app.periodic(cron="5 * * * *", periodic_id="agreements_lapse")
@app.task(name="agreements.lapse_overdue", queue="agreements", queueing_lock="lapse")
def lapse_due_versions(timestamp: int) -> None:
    """End versions whose signing period is over."""
    lapse_overdue(now=timezone.now())
