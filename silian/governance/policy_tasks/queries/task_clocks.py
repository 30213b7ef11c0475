"""Which tasks the clocks must look at today."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet

from silian.foundation.kernel.working_days import WorkingCalendar
from silian.governance.policy_tasks.choices import OPEN_STATES, TaskState
from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.models.tasks import TaskBody
from silian.governance.policy_tasks.rules.tasks import REMINDED_DAYS, SILENT_WORKING_DAYS
from silian.registers.policies.models import PolicyBody

UNFINISHED = sorted(OPEN_STATES | {TaskState.DRAFT})


def silent_before(*, on: datetime.date, calendar: WorkingCalendar) -> datetime.date:
    """A task not heard of since before this day is silent (久未报送)."""
    return calendar.add(on, days=-SILENT_WORKING_DAYS)


def task_ids_on_the_clock(*, on: datetime.date, calendar: WorkingCalendar) -> list[int]:
    """Open tasks that are near, late or silent."""
    near = on + datetime.timedelta(days=max(REMINDED_DAYS))
    heard = silent_before(on=on, calendar=calendar)
    silent = Q(last_report_at__date__lt=heard) | Q(
        last_report_at__isnull=True, assigned_at__date__lt=heard
    )
    rows = PolicyTask.objects.open().filter(Q(due_on__lte=near) | silent)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def handovers_due(*, on: datetime.date) -> QuerySet[PolicyBody]:
    """Bodies whose duties have passed and that still hold unfinished tasks."""
    shared = TaskBody.objects.filter(task__state__in=UNFINISHED).values("body_id")
    led = PolicyTask.objects.filter(state__in=UNFINISHED, lead__isnull=False).values("lead_id")
    return PolicyBody.objects.filter(
        Q(pk__in=shared) | Q(pk__in=led), successor__isnull=False, ended_on__lte=on
    )
