"""The nightly clocks of experts: terms that end, tasks that lapse, reminders before."""

from __future__ import annotations

import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from silian.casework.reviews.commands.assignments import lapse_overdue_tasks
from silian.casework.reviews.commands.experts import expire_experts
from silian.casework.reviews.models import Assignment
from silian.casework.reviews.queries.experts import OPEN_STATES
from silian.foundation.kernel.site_calendar import site_calendar
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify

REMIND_DAYS_BEFORE = 2  # working days: one dossier can still be judged in that time


@app.periodic(cron="22 0 * * *", periodic_id="reviews_experts")
@app.task(name="reviews.end_overdue_judging", queue="reviews", queueing_lock="reviews_experts")
def end_overdue_judging(timestamp: int) -> None:
    """Take out whose term is over; end and replace tasks whose days are over."""
    today = timezone.localdate()
    expire_experts(on=today)
    lapse_overdue_tasks(on=today)


@app.periodic(cron="45 7 * * *", periodic_id="reviews_expert_reminders")
@app.task(name="reviews.remind_experts", queue="reviews", queueing_lock="reviews_expert_reminders")
def remind_experts(timestamp: int) -> None:
    """Remind experts before their last day."""
    remind_of_tasks(on=timezone.localdate())


def remind_of_tasks(*, on: datetime.date) -> int:
    """Tell each expert of the tasks that end in two working days; returns how many tasks."""
    day = site_calendar().add(on, days=REMIND_DAYS_BEFORE)
    rows = Assignment.objects.filter(state__in=OPEN_STATES, due_on=day)
    tasks = list(rows.select_related("dossier", "expert").order_by("pk"))
    for task in tasks:
        notify(
            user_ids=[task.expert.user_id],
            kind=NotificationKind.TASK,
            title=f"评审还剩 {REMIND_DAYS_BEFORE} 个工作日：{task.dossier.subject_name}",
            detail="逾期任务自动终止并补抽其他专家。",
            url=task.get_absolute_url(),
            key=f"reviews-task-{task.pk}-remind",
        )
    return len(tasks)
