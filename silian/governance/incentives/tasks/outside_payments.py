"""The monthly work of the register of payments made elsewhere."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.governance.incentives.commands.outside_payments import forget_old_payments


@app.periodic(cron="40 3 2 * *", periodic_id="incentives_forget_payments")
@app.task(
    name="incentives.forget_payments", queue="incentives", queueing_lock="forget_outside_payments"
)
def forget_payments(timestamp: int) -> None:
    """Empty names and numbers whose time of keeping ended."""
    forget_old_payments(on=timezone.localdate())
