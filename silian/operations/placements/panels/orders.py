"""What order classes and apprenticeships show in the frame and on the workbench."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.operations.placements.choices.orders import (
    ApprenticeshipState,
)
from silian.operations.placements.permissions.apprenticeships import (
    FILERS,
    apprenticeships_visible_to,
)
from silian.operations.placements.permissions.internships import is_host_clerk, is_official
from silian.operations.placements.permissions.orders import may_read_orders, orders_visible_to
from silian.operations.placements.queries.orders import orders_to_settle

SECTION = "协议与培养"
SHOWN = 20


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Orders to settle for the enterprise, programmes to file for the authority."""
    return [*order_todos(actor), *filing_todos(actor)]


def order_todos(actor: Actor) -> list[sockets.Todo]:
    if not is_host_clerk(actor):
        return []
    rows = orders_to_settle(orders_visible_to(actor).filter(enterprise_id=actor.organisation_id))
    return [
        sockets.Todo(
            title=f"登记录用：{row.title}",
            detail=f"还有 {open_seats} 名学生没有录用结论",
            url=row.get_absolute_url(),
            action="登记",
            due_at=None,
        )
        for row, open_seats in rows[:SHOWN]
    ]


def filing_todos(actor: Actor) -> list[sockets.Todo]:
    if not (is_official(actor) and actor.has_role(*FILERS)):
        return []
    rows = apprenticeships_visible_to(actor).filter(state=ApprenticeshipState.SUBMITTED)
    return [
        sockets.Todo(
            title=f"学徒培养项目备案：{row.title}",
            detail=f"{row.get_scheme_display()}，{row.months} 个月",
            url=row.get_absolute_url(),
            action="办理",
            due_at=None,
        )
        for row in rows.order_by("pk")[:SHOWN]
    ]


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="订单班",
        url_name="placements:order_list",
        icon="clipboard-check",
        visible=may_read_orders,
    ),
    order=344,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="学徒培养",
        url_name="placements:apprenticeship_list",
        icon="tools",
        visible=may_read_orders,
    ),
    order=345,
)
sockets.todos.plug(todos, order=46)
