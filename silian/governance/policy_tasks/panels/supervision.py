"""What supervision shows in the frame, on the workbench and on pages of tasks."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting
from silian.governance.policy_tasks.choices import FindingState
from silian.governance.policy_tasks.models.supervision_findings import SupervisionFinding
from silian.governance.policy_tasks.permissions.supervision import takes_part_in_supervision
from silian.governance.policy_tasks.permissions.supervision_scope import (
    ACTING_ROLES,
    may_supervise,
)
from silian.governance.policy_tasks.queries.supervision import owed_by, waiting_for_judgement

SECTION = "任务与目标"
SHOWN_TODOS = 20


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Orders to sign for or answer, and answers to judge."""
    found: list[sockets.Todo] = []
    if actor.has_role(*ACTING_ROLES):
        rows = owed_by(actor).select_related("body").order_by("due_at")
        found += [owed_todo(row) for row in rows[:SHOWN_TODOS]]
    if may_supervise(actor):
        rows = waiting_for_judgement(actor).select_related("body").order_by("answered_at")
        found += [
            sockets.Todo(
                title=f"核查整改答复：{row.title}",
                detail=f"{row.number}　{row.body.name}",
                url=row.get_absolute_url(),
                action="核查",
            )
            for row in rows[:SHOWN_TODOS]
        ]
    return found


def owed_todo(finding: SupervisionFinding) -> sockets.Todo:
    step = "签收" if finding.state == FindingState.ISSUED else "答复"
    return sockets.Todo(
        title=f"{step}督办单：{finding.title}",
        detail=f"{finding.number}　{finding.body.name}",
        url=finding.get_absolute_url(),
        action=step,
        due_at=finding.due_at,
        basis=f"督办单要求：签发后 {finding.working_days} 个工作日内答复",
    )


def waiting(actor: Actor) -> WorkWaiting:
    """What waits for the reader: answers to judge, or orders to answer."""
    if may_supervise(actor):
        return waiting_for_judgement(actor)
    return owed_by(actor) if actor.has_role(*ACTING_ROLES) else 0


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="督查",
        url_name="policy_tasks:supervision_list",
        icon="clipboard-check",
        visible=takes_part_in_supervision,
        count=waiting,
    ),
    order=7,
)
sockets.todos.plug(todos, order=15)
