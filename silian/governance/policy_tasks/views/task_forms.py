"""Forms on a task: arrange, report, judge, divide, set steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.governance.policy_tasks.commands.milestones import add_milestone, reach_milestone
from silian.governance.policy_tasks.commands.task_assigning import arrange_task
from silian.governance.policy_tasks.commands.task_drafting import add_part, add_task, may_add_part
from silian.governance.policy_tasks.commands.task_reporting import (
    claim_done,
    report_progress,
    say_weather,
)
from silian.governance.policy_tasks.forms.tasks import (
    ArrangementForm,
    MilestoneForm,
    ProgressForm,
    ReachedForm,
    TaskForm,
    WeatherForm,
)
from silian.governance.policy_tasks.permissions.tasks import (
    coordinates,
    leads,
    may_judge,
    may_keep,
    may_report,
    milestones_visible_to,
)
from silian.governance.policy_tasks.queries.task_detail import bodies_to_choose, owners_to_choose
from silian.governance.policy_tasks.views.task_pages import seen_task

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def refuse_unless(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise NotAllowed(sentence)


def done_by(form: Any, command: Callable[[], Any]) -> Any:
    """What the command made, or None with its refusal beside the box."""
    try:
        return command()
    except DomainError as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, refusal.sentence)
        return None


def form_page(request: Request, form: Any, **words: Any) -> HttpResponse:
    """One form under its heading; 422 when something must be corrected."""
    status = 422 if form.errors else 200
    return render(request, "policy_tasks/task/form.html", {**words, "form": form}, status=status)


@GET_OR_POST
def task_arrange(request: Request, task_id: int) -> HttpResponse:
    """Name the lead, the day and the owner (安排任务)."""
    task = seen_task(request, task_id)
    refuse_unless(may_keep(request.actor, task), "任务由统筹单位安排。")
    today = timezone.localdate()
    form = ArrangementForm(
        request.POST or None,
        initial=ArrangementForm.initial_from(task),
        bodies=bodies_to_choose(task.division_id, lead_id=task.lead_id),
        owners=owners_to_choose(task.lead, on=today),
    )
    if request.method == "POST" and form.is_valid():
        plan = form.plan()
        if done_by(
            form,
            lambda: arrange_task(task_id=task.pk, plan=plan, actor=request.actor, today=today),
        ):
            messages.success(request, "已保存安排。")
            return redirect(task)
    return form_page(
        request, form, task=task, heading="安排任务", action="保存", help="policy_tasks/arrange"
    )


@GET_OR_POST
def task_report(request: Request, task_id: int) -> HttpResponse:
    """Report how a task goes, or ask to have it taken as done (报送进展、申请办结)."""
    task = seen_task(request, task_id)
    refuse_unless(may_report(request.actor, task), "进展由任务的牵头单位或配合单位报送。")
    claims = request.GET.get("step") == "claim"
    refuse_unless(not claims or leads(request.actor, task), "办结由牵头单位申请。")
    initial = {"percent": task.percent, "weather": task.weather or "normal"}
    form = ProgressForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {
            "task_id": task.pk,
            "actor": request.actor,
            "now": timezone.localtime(),
        }
        command = claim_done if claims else report_progress
        if done_by(form, lambda: command(progress=form.progress(), **given)):
            sent = "已申请办结，等统筹单位确认。" if claims else "已报送进展。"
            messages.success(request, sent)
            return redirect(task)
    action = "申请办结" if claims else "报送进展"
    return form_page(
        request, form, task=task, heading=action, action=action, help="policy_tasks/report"
    )


@GET_OR_POST
def task_weather(request: Request, task_id: int) -> HttpResponse:
    """Say how a task really goes (督查判断)."""
    task = seen_task(request, task_id)
    refuse_unless(may_judge(request.actor, task), "督查判断由本地区的督查人员填写。")
    form = WeatherForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {
            "task_id": task.pk,
            "actor": request.actor,
            "now": timezone.localtime(),
        }
        if done_by(form, lambda: say_weather(**given, **form.cleaned_data)):
            messages.success(request, "已填写督查判断，与牵头单位的判断并列显示。")
            return redirect(task)
    return form_page(request, form, task=task, heading="督查判断", action="保存")


@GET_OR_POST
def task_new(request: Request) -> HttpResponse:
    """Add a task that stands in no document (添加任务)."""
    refuse_unless(coordinates(request.actor), "任务由本地区牵头部门的统筹人员添加。")
    division, today = request.actor.jurisdiction, timezone.localdate()
    form = TaskForm(request.POST or None, bodies=bodies_to_choose(division))
    if request.method == "POST" and form.is_valid():
        made = done_by(
            form,
            lambda: add_task(division=division, plan=form.plan(), actor=request.actor, today=today),
        )
        if made:
            messages.success(request, "已存为待下达任务，核对后下达。")
            return redirect(made)
    return form_page(request, form, heading="添加任务", action="存为待下达")


@GET_OR_POST
def task_part_new(request: Request, task_id: int) -> HttpResponse:
    """Give a part of a task to a unit (分解子任务)."""
    task = seen_task(request, task_id)
    refuse_unless(may_add_part(request.actor, task), "子任务由牵头单位或统筹单位分解。")
    bodies = bodies_to_choose(task.division_id)
    form = TaskForm(request.POST or None, bodies=bodies, is_part=True)
    if request.method == "POST" and form.is_valid():
        now = timezone.localtime()
        given: dict[str, Any] = {"actor": request.actor, "today": now.date(), "now": now}
        if done_by(form, lambda: add_part(task_id=task.pk, plan=form.plan(), **given)):
            messages.success(request, "已下达子任务，并通知承担单位。")
            return redirect(task)
    return form_page(request, form, task=task, heading="分解子任务", action="下达")


@GET_OR_POST
def milestone_new(request: Request, task_id: int) -> HttpResponse:
    """Add a dated step (添加节点)."""
    task = seen_task(request, task_id)
    allowed = leads(request.actor, task) or may_keep(request.actor, task)
    refuse_unless(allowed, "节点由牵头单位或统筹单位添加。")
    form = MilestoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"task_id": task.pk, "actor": request.actor}
        if done_by(form, lambda: add_milestone(**given, **form.cleaned_data)):
            messages.success(request, "已添加节点。")
            return redirect(task)
    return form_page(request, form, task=task, heading="添加节点", action="添加")


@GET_OR_POST
def milestone_reach(request: Request, milestone_id: int) -> HttpResponse:
    """Note that a step or a dated goal is reached (登记节点完成)."""
    rows = milestones_visible_to(request.actor).select_related("task__lead", "document")
    milestone = get_object_or_404(rows, pk=milestone_id)
    if milestone.reached_on:
        raise Http404("这个节点已登记完成。")
    form = ReachedForm(request.POST or None, initial={"reached_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"milestone_id": milestone.pk, "actor": request.actor}
        if done_by(form, lambda: reach_milestone(**given, **form.cleaned_data)):
            messages.success(request, "已登记完成。")
            return redirect(milestone.task or "policy_tasks:target_list")
    heading = f"登记完成：{milestone.title}"
    return form_page(request, form, task=milestone.task, heading=heading, action="登记")
