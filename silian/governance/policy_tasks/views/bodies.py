"""The load of each responsible body, and the board of one."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.tables import Column, Table
from silian.governance.policy_tasks.choices import OPEN_STATES
from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.permissions.tasks import (
    bodies_visible_to,
    oversees,
    tasks_visible_to,
)
from silian.governance.policy_tasks.queries.task_lists import by_bodies, for_list
from silian.governance.policy_tasks.queries.task_positions import position_of
from silian.governance.policy_tasks.views.task_tables import lit

UNCOUNTED = ["draft", "cancelled"]
LANES = (
    ("待签收", {"assigned"}),
    ("推进中", {"running"}),
    ("申请办结", {"claimed"}),
    ("已办结", {"done"}),
)
MOST_CARDS = 30  # a lane that a person still reads; the list holds the rest


def body_list(request: Request) -> HttpResponseBase:
    """How much each body carries and how it stands (单位工作量)."""
    if not oversees(request.actor):
        raise NotAllowed("单位工作量由统筹、督查和分管领导查看。")
    rows = tasks_visible_to(request.actor).exclude(state__in=UNCOUNTED)
    position = position_of(rows, on=timezone.localdate())
    table = Table(
        request=request,
        name="policy_bodies",
        rows=list(position.bodies),
        caption="单位工作量",
        columns=[
            Column("name", "牵头单位", main=True),
            Column("open", "在办", numeric=True, total=True),
            Column("done", "已办结", numeric=True, total=True),
            Column("overdue", "逾期", numeric=True, total=True),
            Column("due_soon", "30 天内到期", numeric=True, total=True),
            Column("behind", "滞后", numeric=True, total=True),
            Column("blocked", "受阻", numeric=True, total=True),
        ],
        row_url=lambda row: row.url,
    )
    if table.export_wanted:
        return table.export_response()
    return render(request, "policy_tasks/body/list.html", {"table": table, "position": position})


def body_board(request: Request, body_id: int) -> HttpResponse:
    """The tasks of one body on a board, by state (单位任务看板)."""
    body = get_object_or_404(
        bodies_visible_to(request.actor).select_related("organisation", "division", "successor"),
        pk=body_id,
    )
    visible = tasks_visible_to(request.actor).exclude(state__in=UNCOUNTED)
    led = visible.filter(lead=body)
    shared = visible.filter(by_bodies([str(body.pk)], part="share")).exclude(lead=body)
    context = {
        "body": body,
        "lanes": lanes(led),
        "position": position_of(led, on=timezone.localdate(), brief=True),
        "shared_open": shared.filter(state__in=sorted(OPEN_STATES)).count(),
        "shared": for_list(lit(shared)).order_by("due_on", "pk")[:MOST_CARDS],
        "predecessors": body.predecessors.all(),
    }
    return render(request, "policy_tasks/body/board.html", context)


def lanes(rows: QuerySet[PolicyTask]) -> list[dict[str, object]]:
    """The columns of the board, each with its cards, the earliest day first; two queries."""
    tasks = list(for_list(lit(rows)).order_by("due_on", "pk"))
    return [
        {
            "name": name,
            "count": len(found),
            "tasks": found[:MOST_CARDS],
            "more": max(0, len(found) - MOST_CARDS),
        }
        for name, states in LANES
        for found in [[task for task in tasks if task.state in states]]
    ]
