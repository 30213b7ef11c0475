"""What tasks show in the frame, on the workbench, and on pages of policies and meetings."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.clocks import end_of
from silian.foundation.ui.counting import WorkWaiting
from silian.governance.policy_tasks.choices import TaskState
from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.permissions.tasks import (
    coordinates,
    drafts_visible_to,
    oversees,
    takes_part,
    tasks_visible_to,
)
from silian.governance.policy_tasks.queries.task_positions import position_of
from silian.governance.policy_tasks.queries.task_todos import (
    asked_of_unit,
    claims_to_confirm,
    to_sign_count,
)
from silian.operations.alliances.models import Decision
from silian.registers.policies.models import Clause, PolicyDocument

SECTION = "任务与目标"
SHOWN_TODOS = 20
SHOWN_TASKS = 8
ONE_DAY = datetime.timedelta(days=1)


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Tasks to sign, to finish and to report on; for coordinators drafts and claims."""
    if not takes_part(actor):
        return []
    today = timezone.localdate(now)
    found = [todo_of(task) for task in asked_of_unit(actor, on=today)[:SHOWN_TODOS]]
    return [*found, *keeper_todos(actor)] if coordinates(actor) else found


def todo_of(task: PolicyTask) -> sockets.Todo:
    signs = task.state == TaskState.ASSIGNED
    return sockets.Todo(
        title=f"{'签收任务' if signs else '办结任务'}：{task.title}",
        detail=task.number,
        url=task.get_absolute_url(),
        action="签收" if signs else "报送进展",
        due_at=end_of(task.due_on),
        basis=str(task.document.reference) if task.document else "",
    )


def keeper_todos(actor: Actor) -> list[sockets.Todo]:
    """Claims to confirm one by one, and the drafts as one line."""
    found = [
        sockets.Todo(
            title=f"确认办结：{task.title}",
            detail=task.lead.name if task.lead else task.number,
            url=task.get_absolute_url(),
            action="确认",
        )
        for task in claims_to_confirm(actor)[:SHOWN_TODOS]
    ]
    drafts = drafts_visible_to(actor).count()
    if drafts:
        url = reverse("policy_tasks:task_drafts")
        title = f"核对并下达 {drafts} 项任务"
        found.append(sockets.Todo(title=title, detail="任务台账草稿", url=url, action="下达"))
    return found


def figures(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    """How the tasks of the reader's jurisdiction stand."""
    if not oversees(actor):
        return []
    rows = tasks_visible_to(actor).exclude(state__in=["draft", "cancelled"])
    position = position_of(rows, on=timezone.localdate(now), brief=True)
    if not position.total:
        return []
    url = reverse("policy_tasks:task_list")
    done = f"已办结 {position.done} / {position.total} 项"
    soon = f"30 天内到期 {position.due_soon} 项"
    return [
        sockets.Figure(
            label="任务办结率",
            value=str(position.done_percent),
            unit="%",
            note=done,
            url=f"{url}?state=done",
            source="任务台账",
        ),
        sockets.Figure(
            label="逾期任务",
            value=str(position.overdue),
            unit="项",
            note=soon,
            url=f"{url}?light=overdue",
            source="任务台账",
        ),
    ]


def on_document(actor: Actor, subject: Any) -> sockets.Panel | None:
    """The tasks made of a document (文件的任务)."""
    if not isinstance(subject, PolicyDocument) or not subject.is_public:
        return None
    rows = tasks_visible_to(actor).filter(document=subject, parent__isnull=True)
    tasks = list(rows.select_related("lead").order_by("number")[:SHOWN_TASKS])
    if not tasks:
        return None
    context = {
        "tasks": tasks,
        "position": position_of(
            rows.exclude(state__in=["draft", "cancelled"]), on=timezone.localdate(), brief=True
        ),
        "total": rows.count(),
        "list_url": f"{reverse('policy_tasks:task_list')}?document={subject.pk}",
    }
    return sockets.Panel(template="policy_tasks/panel/document.html", context=context)


def on_clause(actor: Actor, subject: Any) -> sockets.Panel | None:
    """The task made of a clause; a document in review has none (条款的任务)."""
    if not isinstance(subject, Clause) or not subject.document.is_public:
        return None
    return panel_of(tasks_visible_to(actor).filter(clause=subject, parent__isnull=True))


def on_decision(actor: Actor, subject: Any) -> sockets.Panel | None:
    """The task made of a decision (决定的任务)."""
    if not isinstance(subject, Decision):
        return None
    return panel_of(tasks_visible_to(actor).filter(decision=subject, parent__isnull=True))


def panel_of(rows: Any) -> sockets.Panel | None:
    task = rows.first()
    if task is None:
        return None
    return sockets.Panel(template="policy_tasks/panel/task.html", context={"task": task})


def waiting_drafts(actor: Actor) -> WorkWaiting:
    return drafts_visible_to(actor) if coordinates(actor) else 0


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="任务台账",
        url_name="policy_tasks:task_list",
        icon="list-check",
        visible=oversees,
        count=waiting_drafts,
    ),
    order=4,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="我的任务",
        url_name="policy_tasks:my_tasks",
        icon="check2-square",
        visible=takes_part,
        count=to_sign_count,
    ),
    order=5,
)
sockets.todos.plug(todos, order=12)
sockets.figures.plug(figures, order=40)
sockets.panels["policies.document"].plug(on_document, order=20)
sockets.panels["policies.clause"].plug(on_clause, order=20)
sockets.panels["alliances.decision"].plug(on_decision, order=20)
