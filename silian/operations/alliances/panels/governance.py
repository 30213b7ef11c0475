"""School governance in the menu, on to-do lists and among the figures."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.operations.alliances.permissions.keeping import oversees, writes_for_school
from silian.operations.alliances.queries.governance import governance_of, seats_running_out
from silian.registers.organisations.models import Organisation

SECTION = "合作与治理"
SHOWN = 10


def reads_governance(actor: Actor) -> bool:
    return oversees(actor) or writes_for_school(actor)


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Terms that end soon."""
    return [
        sockets.Todo(
            title=f"换届：{seat.get_organ_display()}",
            detail=f"{seat.unit}{seat.position}，任期将满",
            url=reverse("alliances:governance_detail", kwargs={"school_id": seat.record.school_id}),
            action="办理",
            due_at=timezone.make_aware(datetime.datetime.combine(seat.ends_on, datetime.time())),
            basis="席位登记的任期",
        )
        for seat in seats_running_out(actor, on=timezone.localdate(now))[:SHOWN]
    ]


def figures(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    """How much of the checklist one's own school has."""
    if not writes_for_school(actor):
        return []
    own = Organisation.objects.filter(pk=actor.organisation_id or 0)
    found = governance_of(own, on=timezone.localdate(now))
    return [
        sockets.Figure(
            label="学校治理清单",
            value=f"{row.done} / {row.total}",
            unit="项",
            note="章程、理事会、委员会、自主权和配套改革",
            url=reverse("alliances:governance_detail", kwargs={"school_id": row.school.pk}),
            source="学校治理档案",
        )
        for row in found
    ]


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="学校治理",
        url_name="alliances:governance_list",
        icon="bank",
        visible=reads_governance,
    ),
    order=153,
)
sockets.todos.plug(todos, order=63)
sockets.figures.plug(figures, order=63)
