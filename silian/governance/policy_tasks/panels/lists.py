"""What the lists show in the frame and on the workbench."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.clocks import end_of
from silian.foundation.ui.counting import WorkWaiting
from silian.governance.policy_tasks.permissions.lists import list_items_visible_to, may_keep_lists
from silian.governance.policy_tasks.permissions.supervision_scope import (
    ACTING_ROLES,
    reads_jurisdiction,
)
from silian.governance.policy_tasks.queries.lists import claims_waiting_for, items_led_by

SECTION = "任务与目标"
SHOWN_TODOS = 20


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Claims to confirm, and items of one's own that have a day."""
    found: list[sockets.Todo] = []
    if may_keep_lists(actor):
        found += [
            sockets.Todo(
                title=f"确认销号：{item.title}",
                detail=f"{item.number}　{item.lead.name}",
                url=item.get_absolute_url(),
                action="核对",
            )
            for item in claims_waiting_for(actor).select_related("lead")[:SHOWN_TODOS]
        ]
    if actor.has_role(*ACTING_ROLES):
        dated = items_led_by(actor).filter(due_on__isnull=False).select_related("lead")
        found += [
            sockets.Todo(
                title=f"{item.get_kind_display()}：{item.title}",
                detail=f"{item.number}　牵头 {item.lead.name}",
                url=item.get_absolute_url(),
                action="登记进展",
                due_at=end_of(item.due_on),
            )
            for item in dated[:SHOWN_TODOS]
        ]
    return found


def takes_part(actor: Actor) -> bool:
    return reads_jurisdiction(actor) or list_items_visible_to(actor).exists()


def waiting(actor: Actor) -> WorkWaiting:
    if may_keep_lists(actor):
        return claims_waiting_for(actor)
    return items_led_by(actor) if actor.has_role(*ACTING_ROLES) else 0


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="问题与政策清单",
        url_name="policy_tasks:list_items",
        icon="list-check",
        visible=takes_part,
        count=waiting,
    ),
    order=8,
)
sockets.todos.plug(todos, order=28)
