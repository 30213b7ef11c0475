"""The register of plans in the menu and on to-do lists."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.registers.policies.permissions.plan_records import reads_plans, writes_plans
from silian.registers.policies.queries.plan_records import own_open_plans, plans_to_check

SECTION = "政策"
SHOWN_TODOS = 10


def waiting_count(actor: Actor) -> int:
    return len(plans_to_check(actor))


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Plans to check, and checklists of one's own that are still open (待办)."""
    found = [
        sockets.Todo(
            title=f"核对规划登记：{plan.title}",
            detail=plan.owner.name,
            url=plan.get_absolute_url(),
            action="核对",
        )
        for plan in plans_to_check(actor)[:SHOWN_TODOS]
    ]
    if not writes_plans(actor):
        return found
    for plan in own_open_plans(actor).order_by("check_by")[:SHOWN_TODOS]:
        end = datetime.datetime.combine(plan.check_by, datetime.time(23, 59))
        found.append(
            sockets.Todo(
                title=f"填写同步规划核对：{plan.title}",
                detail=plan.get_kind_display(),
                url=plan.get_absolute_url(),
                action="填写",
                due_at=timezone.make_aware(end),
            )
        )
    return found


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="规划登记",
        url_name="policies:plan_record_list",
        icon="map",
        visible=reads_plans,
        count=waiting_count,
    ),
    order=214,
)
sockets.todos.plug(todos, order=34)
