"""What cases show in the frame, on the portal and on the workbench."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting
from silian.governance.policy_tasks.permissions.cases import cases_reviewed_by, may_write_cases
from silian.governance.policy_tasks.permissions.supervision_scope import (
    may_coordinate,
    reads_jurisdiction,
)
from silian.governance.policy_tasks.queries.cases import rollouts_to_decide

SECTION = "任务与目标"
SHOWN_TODOS = 20


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Cases to review and rollouts to decide."""
    if not may_coordinate(actor):
        return []
    cases = cases_reviewed_by(actor).select_related("organisation").order_by("submitted_at")
    found = [
        sockets.Todo(
            title=f"审核案例：{case.title}",
            detail=case.organisation.name,
            url=case.get_absolute_url(),
            action="审核",
        )
        for case in cases[:SHOWN_TODOS]
    ]
    return [
        *found,
        *(
            sockets.Todo(
                title=f"审批全省推广：{row.case.title}",
                detail=row.case.organisation.name,
                url=reverse("policy_tasks:case_rollout_decide", kwargs={"rollout_id": row.pk}),
                action="审批",
            )
            for row in rollouts_to_decide(actor)[:SHOWN_TODOS]
        ),
    ]


def concerned(actor: Actor) -> bool:
    return may_write_cases(actor) or reads_jurisdiction(actor)


def waiting(actor: Actor) -> WorkWaiting:
    return cases_reviewed_by(actor)


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="经验案例",
        url_name="policy_tasks:case_list",
        icon="journal-text",
        visible=concerned,
        count=waiting,
    ),
    order=11,
)
sockets.portal_links.plug(
    sockets.FrameLink(label="经验案例", url_name="policy_tasks:case_library"), order=55
)
sockets.todos.plug(todos, order=42)
