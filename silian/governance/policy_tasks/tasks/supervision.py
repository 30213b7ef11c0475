"""The clocks of orders: remind before the day, escalate after it."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.foundation.kernel.actors import system_actor
from silian.governance.policy_tasks.commands.supervision_findings import (
    escalate_finding,
    remind_of_finding,
)
from silian.governance.policy_tasks.queries.supervision import due_soon_ids, overdue_ids


@app.periodic(cron="10 8 * * *", periodic_id="policy_tasks_findings")
@app.task(name="policy_tasks.watch_findings", queue="policy_tasks", queueing_lock="watch_findings")
def watch_findings(timestamp: int) -> None:
    """Remind bodies and tell leaders, each order in its own transaction."""
    now = timezone.now()
    today = timezone.localdate(now)
    for finding_id in due_soon_ids(on=today):
        remind_of_finding(finding_id=finding_id, actor=system_actor(), now=now)
    for finding_id in overdue_ids(on=today):
        escalate_finding(finding_id=finding_id, actor=system_actor(), now=now)
