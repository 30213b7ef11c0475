"""What events show in the frame, on the workbench and on pages below."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting
from silian.operations.exchange.permissions.match_events import (
    may_organise,
    may_read_event_effect,
)
from silian.operations.exchange.permissions.negotiations import (
    may_read_negotiations,
    may_write_negotiations,
)
from silian.operations.exchange.queries.match_event_clocks import to_plan, to_register
from silian.operations.exchange.queries.match_events import intents_to_follow

BUSINESS = "用人与合作"
SUPERVISION = "监管"
SHOWN_TODOS = 20


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """What events ask of the actor."""
    found: list[sockets.Todo] = []
    if may_write_negotiations(actor):
        found += intent_todos(actor)
    if may_organise(actor):
        found += organiser_todos(actor, now)
    return found


def intent_todos(actor: Actor) -> list[sockets.Todo]:
    rows = intents_to_follow(actor)[:SHOWN_TODOS]
    return [
        sockets.Todo(
            title=f"转为洽谈：{meeting.need.title}",
            detail=f"“{meeting.event.title}”达成意向",
            url=f"{meeting.event.get_absolute_url()}#meeting-{meeting.pk}",
            action="转为洽谈",
            due_at=meeting.due_at,
            basis="平台承诺：意向 10 个工作日内转入洽谈",
        )
        for meeting in rows
    ]


def organiser_todos(actor: Actor, now: datetime.datetime) -> list[sockets.Todo]:
    held = [
        sockets.Todo(
            title=f"登记举办和纪要：{event.title}",
            detail="活动已结束",
            url=reverse("exchange:match_event_hold", kwargs={"event_id": event.pk}),
            action="登记",
            due_at=due_at,
            basis="平台承诺：结束后 5 个工作日内登记",
        )
        for event, due_at in to_register(actor, now=now)
    ]
    planned = [
        sockets.Todo(
            title=f"{missing.period}尚未安排“{missing.theme}”对接活动",
            detail="本单位承诺按期举办",
            url=reverse("exchange:match_event_new"),
            action="筹备",
            due_at=timezone.make_aware(datetime.datetime.combine(missing.ends, datetime.time())),
        )
        for missing in to_plan(actor, today=timezone.localdate(now))
    ]
    return [*held, *planned]


def takes_part(actor: Actor) -> bool:
    return may_read_negotiations(actor) or may_organise(actor)


def waiting_intents(actor: Actor) -> WorkWaiting:
    return intents_to_follow(actor)


sockets.navigation.plug(
    sockets.NavigationItem(
        section=BUSINESS,
        label="对接活动",
        url_name="exchange:match_event_mine",
        icon="calendar-event",
        visible=takes_part,
        count=waiting_intents,
    ),
    order=140,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SUPERVISION,
        label="活动成效",
        url_name="exchange:match_event_effect",
        icon="calendar-check",
        visible=may_read_event_effect,
    ),
    order=435,
)
sockets.portal_links.plug(
    sockets.FrameLink(label="对接活动", url_name="exchange:match_event_list"), order=40
)
sockets.todos.plug(todos, order=25)
