"""The clock of assessments: what the student leaves unanswered becomes final."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.foundation.kernel.actors import system_actor
from silian.operations.placements.commands.assessments import lapse_reply
from silian.operations.placements.queries.assessments import lapsed_ids


@app.periodic(cron="25 * * * *", periodic_id="placements_assessments")
@app.task(
    name="placements.finalise_assessments",
    queue="placements",
    queueing_lock="placements_assessments",
)
def finalise_assessments(timestamp: int) -> None:
    """Make results final whose reply is due; each in its own transaction."""
    now = timezone.now()
    for assessment_id in lapsed_ids(now=now):
        lapse_reply(actor=system_actor(), assessment_id=assessment_id, now=now)
