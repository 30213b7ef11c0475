"""The nightly work of lists of other authorities and of pictures."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.governance.incentives.commands.comparison_records import delete_expired_records
from silian.governance.incentives.commands.picture_marks import compare_late_pictures


@app.periodic(cron="50 3 * * *", periodic_id="incentives_delete_comparisons")
@app.task(
    name="incentives.delete_comparisons", queue="incentives", queueing_lock="delete_comparisons"
)
def delete_comparisons(timestamp: int) -> None:
    """Delete what was kept long enough."""
    delete_expired_records(on=timezone.localdate())


@app.periodic(cron="10 4 * * *", periodic_id="incentives_compare_pictures")
@app.task(name="incentives.compare_pictures", queue="incentives", queueing_lock="compare_pictures")
def compare_pictures(timestamp: int) -> None:
    """Compare pictures that came to claims after they were handed in."""
    compare_late_pictures(now=timezone.now())
