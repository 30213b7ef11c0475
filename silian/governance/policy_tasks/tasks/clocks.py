"""The daily clocks of the ledger."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.site_calendar import site_calendar
from silian.governance.policy_tasks.commands.target_measuring import keep_lights
from silian.governance.policy_tasks.commands.task_clocks import remind_of_task
from silian.governance.policy_tasks.commands.task_versions import hand_tasks_over
from silian.governance.policy_tasks.models import Target
from silian.governance.policy_tasks.queries.task_clocks import handovers_due, task_ids_on_the_clock

AT_ONCE = 200  # targets looked at in one transaction


@app.periodic(cron="20 7 * * *", periodic_id="policy_tasks_clocks")
@app.task(name="policy_tasks.remind", queue="policy_tasks", queueing_lock="policy_tasks_clocks")
def remind(timestamp: int) -> None:
    """Remind, escalate, ask for reports; each task in its own transaction."""
    today, calendar = timezone.localdate(), site_calendar()
    for task_id in task_ids_on_the_clock(on=today, calendar=calendar):
        remind_of_task(task_id=task_id, actor=system_actor(), today=today, calendar=calendar)


@app.periodic(cron="10 0 * * *", periodic_id="policy_tasks_lights")
@app.task(name="policy_tasks.look_again", queue="policy_tasks", queueing_lock="target_lights")
def look_again(timestamp: int) -> None:
    """Time passes for every target, also where no number changed."""
    ids = list(Target.objects.filter(ended_on__isnull=True).values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        keep_lights(ids[start : start + AT_ONCE], on=timezone.localdate())


@app.periodic(cron="5 0 * * *", periodic_id="policy_tasks_handovers")
@app.task(name="policy_tasks.hand_over", queue="policy_tasks", queueing_lock="task_handovers")
def hand_over(timestamp: int) -> None:
    """Duties that pass to another body today take their tasks along."""
    today = timezone.localdate()
    for body in handovers_due(on=today):
        hand_tasks_over(
            body_id=body.pk,
            successor_id=body.successor_id or 0,
            handed_over_on=body.ended_on or today,
            actor=system_actor(),
        )
