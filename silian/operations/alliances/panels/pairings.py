"""Zones and pairings in the menu, on to-do lists and among the figures."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.operations.alliances.models.pairings import PairingAction
from silian.operations.alliances.permissions.keeping import oversees
from silian.operations.alliances.permissions.pairings import may_propose, pairings_to_answer
from silian.operations.alliances.queries.pairings import actions_due
from silian.operations.alliances.queries.zones import (
    Coverage,
    coverage_of,
    required_by_place,
    zones_with_cover,
)

SECTION = "合作与治理"
SHOWN = 20


def reads_pairings(actor: Actor) -> bool:
    return oversees(actor) or may_propose(actor)


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Proposals to answer, actions to finish."""
    if not actor.is_authenticated:
        return []
    related = ("zone", "school", "helper", "division")
    waiting = pairings_to_answer(actor).select_related(*related).order_by("due_at")
    answers = [
        sockets.Todo(
            title=f"确认对口合作：{pairing.title}",
            detail=f"{pairing.starts_on:%Y-%m-%d} 起",
            url=pairing.get_absolute_url(),
            action="确认",
            due_at=pairing.due_at,
            basis="平台承诺：10 个工作日内答复",
        )
        for pairing in waiting[:SHOWN]
    ]
    due = actions_due(actor, on=timezone.localdate(now))[:SHOWN]
    return [*answers, *[action_todo(action) for action in due]]


def action_todo(action: PairingAction) -> sockets.Todo:
    following = action.due_on + datetime.timedelta(days=1)
    return sockets.Todo(
        title=f"登记成效：{action.title}",
        detail=action.pairing.title,
        url=reverse("alliances:action_result", kwargs={"action_id": action.pk}),
        action="登记",
        due_at=timezone.make_aware(datetime.datetime.combine(following, datetime.time())),
        basis="结对计划写明的完成期限",
    )


def coverage_now(now: datetime.datetime) -> Coverage:
    today = timezone.localdate(now)
    return coverage_of(zones_with_cover(on=today, places=required_by_place(on=today)))


def figures(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    """How many zones have their partner schools, for who oversees a region."""
    if not oversees(actor):
        return []
    found = coverage_now(now)
    if not found.total:
        return []
    return [
        sockets.Figure(
            label="集聚区对口合作",
            value=f"{found.met} / {found.total}",
            unit="个",
            note=f"差距 {found.gap} 个，标准未设定 {found.unset} 个",
            url=reverse("alliances:zone_gaps"),
            source="产业集聚区名录",
        )
    ]


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="集聚区与结对",
        url_name="alliances:pairing_list",
        icon="link-45deg",
        visible=reads_pairings,
        count=pairings_to_answer,
    ),
    order=150,
)
sockets.todos.plug(todos, order=60)
sockets.figures.plug(figures, order=60)
sockets.foot_links.plug(
    sockets.FrameLink(label="产业集聚区对口合作", url_name="alliances:zone_list"), order=60
)
