"""Land cases in the menu and on to-do lists."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.clocks import end_of
from silian.governance.incentives.permissions.land import oversees_land, reads_land
from silian.governance.incentives.queries.land import cases_to_handle

SECTION = "激励与惠企"
SHOWN = 20


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Cases that wait for the office."""
    if not oversees_land(actor):
        return []
    return [
        sockets.Todo(
            title=f"办理用地事项：{case.title}",
            detail=f"{case.applicant.display_name}，{case.get_state_display()}",
            url=case.get_absolute_url(),
            action="办理",
            due_at=end_of(case.due_on),
            basis=case.due_basis,
        )
        for case in cases_to_handle(actor)[:SHOWN]
    ]


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="用地事项",
        url_name="incentives:land_cases",
        icon="geo-alt",
        visible=reads_land,
        count=cases_to_handle,
    ),
    order=295,
)
sockets.todos.plug(todos, order=67)
