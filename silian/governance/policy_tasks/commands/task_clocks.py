"""The clocks of tasks: remind the units, then tell coordinators, then supervisors and leaders."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.working_days import WorkingCalendar
from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.queries.task_people import (
    keeper_ids,
    lead_ids,
    overseer_ids,
)
from silian.governance.policy_tasks.rules.tasks import (
    REMINDED_DAYS,
    SILENT_WORKING_DAYS,
    TO_COORDINATOR,
    TO_LEADERS,
)
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import Role
from silian.registers.policies.choices import SOFT_FORCES


@transaction.atomic
def remind_of_task(
    *, task_id: int, actor: Actor, today: datetime.date, calendar: WorkingCalendar
) -> None:
    """Tell those concerned where the clock of a task stands, each thing once (提醒与提级)."""
    rows = PolicyTask.objects.open().select_for_update(of=("self",)).select_related("lead")
    task = rows.filter(pk=task_id).first()
    if task is None:
        return
    if task.due_on is not None:
        days_left = (task.due_on - today).days
        if days_left >= 0:
            remind_ahead(task, days_left=days_left, today=today)
        else:
            chase(task, actor=actor, today=today, calendar=calendar)
    ask_for_report(task, today=today, calendar=calendar)


def remind_ahead(task: PolicyTask, *, days_left: int, today: datetime.date) -> None:
    """A week ahead and a day ahead; a job that missed the day still reminds once."""
    passed = [days for days in REMINDED_DAYS if days_left <= days]
    if passed:
        tell(
            task,
            lead_ids(task, on=today),
            title=f"任务还有 {days_left} 天到期：{task.title}" if days_left else "任务今天到期",
            key=f"due-{task.due_on}-{min(passed)}",
        )


def chase(
    task: PolicyTask, *, actor: Actor, today: datetime.date, calendar: WorkingCalendar
) -> None:
    """Tell the unit, after some working days the coordinator, then supervisors and leaders.

    A task that the text only encourages is reminded of and never brought before leaders.
    """
    if task.due_on is None:
        return
    word = "超过期望期限" if task.force in SOFT_FORCES else "逾期"
    title = f"任务已{word}：{task.title}"
    tell(task, lead_ids(task, on=today), title=title, key=f"overdue-{task.due_on}")
    late = calendar.between(task.due_on, today)
    if late >= TO_COORDINATOR:
        tell(task, keeper_ids(task, on=today), title=title, key=f"overdue-{task.due_on}-keeper")
    if late >= TO_LEADERS and task.force not in SOFT_FORCES:
        escalate(task, title=title, actor=actor, today=today)


def escalate(task: PolicyTask, *, title: str, actor: Actor, today: datetime.date) -> None:
    """Bring a late task before the supervisors and the leader, once (提级)."""
    roles: list[str] = [Role.SUPERVISOR, Role.LEADER]
    people = overseer_ids(task.division_id, roles=roles, on=today)
    tell(task, people, title=title, key=f"overdue-{task.due_on}-leaders")
    if task.escalated_on is None:
        task.escalated_on = today
        task.save(update_fields=["escalated_on"])
        record(actor, "policy_tasks.task.escalated", task)


def ask_for_report(task: PolicyTask, *, today: datetime.date, calendar: WorkingCalendar) -> None:
    """Ask for a report when none has come for a working month (久未报送)."""
    heard_at = task.last_report_at or task.assigned_at
    if heard_at is None:
        return
    heard_on = heard_at.date()
    if calendar.between(heard_on, today) > SILENT_WORKING_DAYS:
        tell(
            task,
            lead_ids(task, on=today),
            title=f"已 {(today - heard_on).days} 天未报送进展：{task.title}",
            key=f"silent-{heard_on}",
        )


def tell(task: PolicyTask, user_ids: list[int], *, title: str, key: str) -> None:
    due = f"，期限 {task.due_on:%Y-%m-%d}" if task.due_on else ""
    notify(
        user_ids=user_ids,
        kind=NotificationKind.TASK,
        title=title,
        detail=f"{task.number}{due}",
        url=task.get_absolute_url(),
        key=f"task-{task.pk}-{key}",
    )
