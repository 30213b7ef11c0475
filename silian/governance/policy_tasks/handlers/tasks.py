"""Tells units, coordinators and supervisors what happens to tasks."""

from __future__ import annotations

import datetime

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.governance.policy_tasks.choices import ReportState
from silian.governance.policy_tasks.events.tasks import (
    TaskAssigned,
    TaskBlocked,
    TaskCancelled,
    TaskClaimDecided,
    TaskClaimed,
    TaskHandedOver,
)
from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.models.progress import ProgressReport
from silian.governance.policy_tasks.queries.task_people import (
    cooperating_ids,
    keeper_ids,
    lead_ids,
    unit_ids,
)
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.policies.models import PolicyBody


def read(task_id: int) -> PolicyTask:
    return PolicyTask.objects.select_related("lead", "document").get(pk=task_id)


def tell(task: PolicyTask, user_ids: list[int], *, title: str, key: str, detail: str = "") -> None:
    notify(
        user_ids=user_ids,
        kind=NotificationKind.TASK,
        title=title,
        detail=detail or deadline_of(task),
        url=task.get_absolute_url(),
        key=f"task-{task.pk}-{key}",
    )


def deadline_of(task: PolicyTask) -> str:
    due = f"{task.due_on:%Y-%m-%d} 前办结" if task.due_on else "长期推进"
    return f"{task.number}，{due}"


def today() -> datetime.date:
    return timezone.localdate()


@subscribe(TaskAssigned)
def tell_of_assignment(event: TaskAssigned) -> None:
    task = read(event.task_id)
    lead = task.lead.name if task.lead else ""
    tell(task, lead_ids(task, on=today()), title=f"请签收任务：{task.title}", key="assigned")
    others = set(cooperating_ids(task, on=today())) - set(lead_ids(task, on=today()))
    tell(
        task,
        sorted(others),
        title=f"请配合任务：{task.title}",
        detail=f"{lead}牵头，{deadline_of(task)}",
        key="shared",
    )


@subscribe(TaskBlocked)
def tell_of_blocking(event: TaskBlocked) -> None:
    task = read(event.task_id)
    report = ProgressReport.objects.select_related("organisation").get(pk=event.report_id)
    tell(
        task,
        keeper_ids(task, on=today()),
        title=f"{report.organisation.display_name}报告任务受阻：{task.title}",
        detail=report.difficulty[:200],
        key=f"blocked-{report.pk}",
    )


@subscribe(TaskClaimed)
def tell_of_claim(event: TaskClaimed) -> None:
    task = read(event.task_id)
    tell(
        task,
        keeper_ids(task, on=today()),
        title=f"请确认办结：{task.title}",
        key=f"claimed-{event.report_id}",
    )


@subscribe(TaskClaimDecided)
def tell_of_decision(event: TaskClaimDecided) -> None:
    task = read(event.task_id)
    report = ProgressReport.objects.get(pk=event.report_id)
    returned = report.state == ReportState.RETURNED
    tell(
        task,
        sorted({*lead_ids(task, on=today()), report.reported_by_id}),
        title=f"{'办结申请退回' if returned else '任务已确认办结'}：{task.title}",
        detail=report.return_reason,
        key=f"decided-{report.pk}",
    )


@subscribe(TaskCancelled)
def tell_of_cancelling(event: TaskCancelled) -> None:
    task = read(event.task_id)
    if task.assigned_at is None:
        return
    people = {*lead_ids(task, on=today()), *cooperating_ids(task, on=today())}
    tell(
        task,
        sorted(people),
        title=f"任务已取消：{task.title}",
        detail=task.cancel_reason,
        key="cancelled",
    )


@subscribe(TaskHandedOver)
def tell_of_handover(event: TaskHandedOver) -> None:
    task = read(event.task_id)
    old = PolicyBody.objects.get(pk=event.from_body_id)
    new = PolicyBody.objects.get(pk=event.to_body_id)
    tell(
        task,
        unit_ids(new.organisation_id, on=today()),
        title=f"任务随职责划入贵单位：{task.title}",
        detail=f"原牵头单位 {old.name}，{deadline_of(task)}",
        key=f"handed-over-{new.pk}",
    )
