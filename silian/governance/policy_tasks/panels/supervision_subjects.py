"""What supervision and the lists show on the page of a task or a target."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.governance.policy_tasks.choices import ReportState
from silian.governance.policy_tasks.models.lists import ListItem
from silian.governance.policy_tasks.models.targets import Target
from silian.governance.policy_tasks.models.tasks import PolicyTask
from silian.governance.policy_tasks.permissions.lists import list_items_visible_to, may_keep_lists
from silian.governance.policy_tasks.permissions.supervision import findings_visible_to
from silian.governance.policy_tasks.permissions.supervision_scope import may_supervise

TEMPLATE = "policy_tasks/supervision/_subject_panel.html"
SHOWN = 10


def of_task(actor: Actor, task: Any) -> sockets.Panel | None:
    """Orders and list items about a task, and the ways to new ones (督查与清单)."""
    if not isinstance(task, PolicyTask):
        return None
    return panel(
        actor,
        about=Q(task=task),
        items=list_items_visible_to(actor).filter(task=task).select_related("lead")[:SHOWN],
        supervises=may_supervise(actor) and actor.covers(task.division_id),
        order_url=f"{reverse('policy_tasks:supervision_new')}?task={task.pk}",
        list_url=listing_url(actor, task),
    )


def of_target(actor: Actor, target: Any) -> sockets.Panel | None:
    """Orders about a target (督查)."""
    if not isinstance(target, Target):
        return None
    return panel(
        actor,
        about=Q(target=target),
        supervises=may_supervise(actor) and actor.covers(target.division_id),
        order_url=f"{reverse('policy_tasks:supervision_new')}?target={target.pk}",
        list_url="",
    )


def listing_url(actor: Actor, task: PolicyTask) -> str:
    """The way to put the newest reported difficulty on the list, when it is not there yet."""
    if not (may_keep_lists(actor) and actor.covers(task.division_id)):
        return ""
    where = reverse("policy_tasks:list_item_new")
    report = (
        task.reports.filter(state=ReportState.SUBMITTED, list_item__isnull=True)
        .exclude(difficulty="")
        .first()
    )
    return f"{where}?report={report.pk}" if report else f"{where}?task={task.pk}"


def panel(
    actor: Actor,
    *,
    about: Q,
    items: Iterable[ListItem] = (),
    supervises: bool,
    order_url: str,
    list_url: str,
) -> sockets.Panel | None:
    findings = list(findings_visible_to(actor).filter(about).select_related("body")[:SHOWN])
    if not (findings or items or supervises or list_url):
        return None
    return sockets.Panel(
        template=TEMPLATE,
        context={
            "findings": findings,
            "items": list(items),
            "order_url": order_url if supervises else "",
            "list_url": list_url,
            "from_report": "report=" in list_url,
        },
    )


sockets.panels["policy_tasks.task"].plug(of_task, order=20)
sockets.panels["policy_tasks.target"].plug(of_target, order=20)
