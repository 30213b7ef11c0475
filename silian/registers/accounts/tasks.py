"""Jobs of accounts: e-mail."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from silian.registers.accounts.commands import mail

RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)


@app.task(name="accounts.send_notification", queue="mail", retry=RETRY)
def send_notification(*, notification_id: int) -> None:
    """Send one e-mail; a mail server that is away is asked again, later each time."""
    mail.send_notification_email(notification_id=notification_id, now=timezone.localtime())


@app.periodic(cron="5 * * * *", periodic_id="digests")
@app.task(name="accounts.send_digests", queue="mail", queueing_lock="digests", retry=RETRY)
def send_digests(timestamp: int) -> None:
    """Send the digests whose hour has come."""
    mail.send_due_digests(now=timezone.localtime())
