"""The nightly clock of credit records."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.registers.credit.commands.records import end_due_records


@app.periodic(cron="8 0 * * *", periodic_id="credit_end")
@app.task(name="credit.end_due_records", queue="credit", queueing_lock="credit_end")
def end_due_credit_records(timestamp: int) -> None:
    """Archive what was shown as long as the law allows."""
    end_due_records(on=timezone.localdate(), now=timezone.now())
