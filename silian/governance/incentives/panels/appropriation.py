"""What appropriation and surcharge show in the menus and to-dos."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.governance.incentives.choices.appropriation import SheetState
from silian.governance.incentives.permissions.appropriation import reads_as_school, reads_register
from silian.governance.incentives.permissions.offices import coordinates
from silian.governance.incentives.permissions.surcharge import reads_surcharge
from silian.governance.incentives.queries.appropriation import WAITING, sheets_waiting_for
from silian.governance.incentives.workflow.appropriation import appropriation_sheet

SECTION = "拨款与收入"
GENERAL = "激励与惠企"
SHOWN = 10
LABELS = {step.name: step.label for step in appropriation_sheet.transitions}


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Appropriation sheets whose next step is the actor's."""
    if not reads_register(actor):
        return []
    return [
        sockets.Todo(
            title=f"{LABELS[WAITING[SheetState(sheet.state)]]}：{sheet.school.display_name}拨款核算表",
            detail=f"{sheet.appropriation_year.year} 年，第 {sheet.version} 版",
            url=sheet.get_absolute_url(),
            action="办理",
            basis=sheet.appropriation_year.basis,
        )
        for sheet in sheets_waiting_for(actor)[:SHOWN]
    ]


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="生均拨款核算",
        url_name="incentives:appropriation_years",
        icon="calculator-fill",
        visible=reads_register,
        count=lambda actor: len(sheets_waiting_for(actor)),
    ),
    order=291,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="地方教育附加",
        url_name="incentives:surcharge",
        icon="percent",
        visible=reads_surcharge,
    ),
    order=292,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="本校拨款",
        url_name="incentives:own_appropriation",
        icon="cash-stack",
        visible=reads_as_school,
    ),
    order=293,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=GENERAL,
        label="职能单位",
        url_name="incentives:offices",
        icon="diagram-3",
        visible=coordinates,
    ),
    order=298,
)
sockets.todos.plug(todos, order=64)
