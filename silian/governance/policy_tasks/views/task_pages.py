"""One task: how it stands, who does what, what was reported, what may be done now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.kernel.site_calendar import site_calendar
from silian.governance.policy_tasks.commands.task_assigning import (
    assign_task,
    cancel_task,
    keep_task,
)
from silian.governance.policy_tasks.commands.task_drafting import may_add_part
from silian.governance.policy_tasks.commands.task_reporting import (
    confirm_done,
    return_claim,
    sign_task,
)
from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.permissions.tasks import (
    leads,
    may_judge,
    may_keep,
    may_report,
    tasks_visible_to,
)
from silian.governance.policy_tasks.queries.counts import figures_of_task, milestone_standings
from silian.governance.policy_tasks.queries.task_detail import (
    bodies_of,
    entries_of,
    light_of,
    reports_of,
    targets_of,
    tasks_for_page,
)
from silian.governance.policy_tasks.workflow.task import task as workflow


def seen_task(request: Request, task_id: int) -> PolicyTask:
    """A task that the actor sees; 404 for every other."""
    return get_object_or_404(tasks_for_page(tasks_visible_to(request.actor)), pk=task_id)


def task_detail(request: Request, task_id: int) -> HttpResponse:
    """A task (任务详情)."""
    task = seen_task(request, task_id)
    return task_page(request, task)


def task_page(
    request: Request, task: PolicyTask, *, refused: DomainError | None = None
) -> HttpResponse:
    today = timezone.localdate()
    light, tone = light_of(task, on=today, calendar=site_calendar())
    also_leading, sharing = bodies_of(task)
    context = {
        "task": task,
        "light": light,
        "light_tone": tone,
        "also_leading": also_leading,
        "sharing": sharing,
        "reports": reports_of(task),
        "readings": task.readings.select_related("said_by")[:3],
        "targets": targets_of(task, on=today),
        "milestones": milestone_standings(
            task.milestones.filter(ended_on__isnull=True), actor=request.actor, on=today
        ),
        "figures": figures_of_task(task, actor=request.actor, on=today),
        "parts": task.parts.select_related("lead"),
        "entries": entries_of(task),
        "may": rights(request, task),
        "refused": refused,
        "today": today,
        "days_left": (task.due_on - today).days if task.due_on else None,
        "days_late": task.days_late(on=today),
    }
    return render(request, "policy_tasks/task/detail.html", context, status=409 if refused else 200)


def rights(request: Request, task: PolicyTask) -> dict[str, bool]:
    """What the actor may do now: the steps of the table that are theirs."""
    actor = request.actor
    steps = {step.name for step in workflow.steps_from(task.state)}
    keeps, leading = may_keep(actor, task), leads(actor, task)
    return {
        "keep": keeps,
        "arrange": keeps and bool(steps),
        "assign": keeps and "assign" in steps,
        "cancel": keeps and "cancel" in steps,
        "confirm": keeps and "confirm" in steps,
        "sign": leading and "sign" in steps,
        "claim": leading and "claim" in steps,
        "report": may_report(actor, task) and "report" in steps,
        "judge": may_judge(actor, task) and task.assigned_at is not None,
        "part": may_add_part(actor, task),
        "milestone": (leading or keeps) and bool(steps),
    }


@require_POST
def task_step(request: Request, task_id: int, name: str) -> HttpResponse:
    """Assign, sign, confirm, return, cancel or keep (办理一步)."""
    task = seen_task(request, task_id)
    given: dict[str, Any] = {"task_id": task.pk, "actor": request.actor}
    now, reason = timezone.localtime(), request.POST.get("reason", "")
    steps: dict[str, Any] = {
        "assign": (lambda: assign_task(**given, now=now), "已下达，并通知牵头单位和配合单位。"),
        "sign": (lambda: sign_task(**given, now=now), "已签收，请按期报送进展。"),
        "confirm": (lambda: confirm_done(**given, today=now.date()), "已确认办结。"),
        "return": (lambda: return_claim(**given, reason=reason), "已退回，并通知报送人。"),
        "cancel": (lambda: cancel_task(**given, reason=reason), "已取消，任务留在台账备查。"),
        "keep": (lambda: keep_task(**given), "已保留任务。"),
    }
    if name not in steps:
        raise Http404("没有这一步。")
    command, sentence = steps[name]
    try:
        command()
    except DomainError as refusal:
        return task_page(request, task, refused=refusal)
    messages.success(request, sentence)
    return redirect(task)
