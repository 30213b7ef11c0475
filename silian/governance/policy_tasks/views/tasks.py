"""The ledger, one's own tasks, drafts to be assigned, and the official sheet."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.file_checks import DOCX
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.tables import BulkAction
from silian.governance.policy_tasks.choices import TaskState
from silian.governance.policy_tasks.commands.task_assigning import assign_tasks
from silian.governance.policy_tasks.exports.task_sheet import task_sheet_docx, task_sheet_xlsx
from silian.governance.policy_tasks.permissions.tasks import (
    coordinates,
    drafts_visible_to,
    takes_part,
    tasks_of_organisation,
    tasks_visible_to,
)
from silian.governance.policy_tasks.queries.task_lists import by_bodies, for_list
from silian.governance.policy_tasks.queries.task_positions import position_of
from silian.governance.policy_tasks.views.task_tables import (
    chosen,
    draft_columns,
    lit,
    task_filters,
    task_table,
)

MOST_SHEET = 1000  # more rows than any document's division of tasks; a sheet people can print
WORD = DOCX.content_type
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def require_part(request: Request) -> None:
    if not takes_part(request.actor):
        raise NotAllowed("任务台账由统筹、督查部门和承担任务的单位使用，贵单位目前没有任务。")


def task_list(request: Request) -> HttpResponseBase:
    """Every assigned task that the reader sees (任务台账)."""
    require_part(request)
    rows = lit(tasks_visible_to(request.actor).exclude(state=TaskState.DRAFT))
    table = task_table(request, chosen(request, rows), name="policy_tasks", caption="任务台账")
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "bar": task_filters(request, rows)}
    if request.htmx:
        return render(request, "policy_tasks/task/_list.html", context)
    context["position"] = position_of(
        tasks_visible_to(request.actor).exclude(state__in=["draft", "cancelled"]),
        on=timezone.localdate(),
        brief=True,
    )
    context["drafts"] = drafts_visible_to(request.actor).count()
    context["coordinates"] = coordinates(request.actor)
    return render(request, "policy_tasks/task/list.html", context)


def my_tasks(request: Request) -> HttpResponseBase:
    """The tasks of one's own unit, led or shared (我的任务)."""
    require_part(request)
    unit = request.actor.organisation_id or 0
    visible = tasks_visible_to(request.actor).filter(tasks_of_organisation(unit))
    led = visible.filter(lead__organisation_id=unit)
    part = "share" if request.GET.get("part") == "share" else "lead"
    rows = lit(led if part == "lead" else visible.exclude(pk__in=led.values("pk")))
    rows = rows.exclude(state=TaskState.DRAFT)
    table = task_table(
        request,
        chosen(request, rows),
        name="my_policy_tasks",
        caption="我的任务",
        empty={"missing": "没有任务", "why": "统筹单位下达后列在这里，并通知贵单位。"},
    )
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "part": part,
        "position": position_of(led, on=timezone.localdate(), brief=True),
    }
    context["shared"] = visible.exclude(pk__in=led.values("pk")).count()
    template = "policy_tasks/task/_mine.html" if request.htmx else "policy_tasks/task/mine.html"
    return render(request, template, context)


def task_drafts(request: Request) -> HttpResponseBase:
    """The draft ledger: name leads, set days, assign one or many (待下达)."""
    if not coordinates(request.actor):
        raise NotAllowed("任务由本地区牵头部门的统筹人员核对和下达。")
    rows = drafts_visible_to(request.actor)
    action = BulkAction(label="下达所选", url=reverse("policy_tasks:task_assign_many"))
    shown = lit(rows)
    if request.GET.get("lead") == "none":
        shown = shown.filter(by_bodies(["none"], part="lead"))
    table = task_table(
        request,
        chosen(request, shown),
        name="policy_task_drafts",
        caption="待下达任务",
        bulk_actions=(action,),
        shown=draft_columns(),
        empty={
            "missing": "没有待下达的任务",
            "why": "文件发布后，写明责任单位的条款会成为任务草稿。",
        },
    )
    if table.export_wanted:
        return table.export_response()
    unnamed = rows.filter(lead__isnull=True).count()
    template = "policy_tasks/task/_list.html" if request.htmx else "policy_tasks/task/drafts.html"
    return render(request, template, {"table": table, "unnamed": unnamed})


@require_POST
def task_assign_many(request: Request) -> HttpResponse:
    """Assign the chosen drafts; those that cannot be come back with their reason (批量下达)."""
    chosen_ids = [int(key) for key in request.POST.getlist("chosen") if key.isdigit()]
    visible = set(
        drafts_visible_to(request.actor).filter(pk__in=chosen_ids).values_list("pk", flat=True)
    )
    if not coordinates(request.actor):
        raise NotAllowed("任务由本地区牵头部门的统筹人员核对和下达。")
    if not visible:
        messages.warning(request, "没有选中可以下达的任务。请勾选后再下达。")
        return redirect("policy_tasks:task_drafts")
    given, refused = assign_tasks(
        task_ids=sorted(visible), actor=request.actor, now=timezone.localtime()
    )
    if given:
        messages.success(request, f"已下达 {len(given)} 项任务，并通知牵头单位和配合单位。")
    for row in refused[:3]:
        messages.warning(request, f"{row.task.number} 没有下达：{row.sentence}")
    if len(refused) > 3:
        messages.warning(request, f"另有 {len(refused) - 3} 项没有下达，原因相同或相近。")
    return redirect("policy_tasks:task_drafts")


def task_sheet(request: Request, kind: str) -> HttpResponse:
    """The chosen tasks as the official division of tasks (任务分工表)."""
    require_part(request)
    writers: dict[str, tuple[str, Callable[..., bytes]]] = {
        "xlsx": (EXCEL, task_sheet_xlsx),
        "docx": (WORD, lambda tasks: task_sheet_docx(tasks, title="重点任务分工表")),
    }
    if kind not in writers:
        raise Http404("没有这种格式。")
    rows = for_list(chosen(request, lit(tasks_visible_to(request.actor)))).order_by("number")
    if rows.count() > MOST_SHEET:
        raise DomainError(f"任务分工表一次最多 {MOST_SHEET} 项，请先按文件或单位筛选。")
    content_type, write = writers[kind]
    response = HttpResponse(write(rows), content_type=content_type)
    name = content_disposition_header(as_attachment=True, filename=f"任务分工表.{kind}")
    response["Content-Disposition"] = name or "attachment"
    return response
