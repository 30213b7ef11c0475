"""Benefits in the menu, on to-do lists and on an organisation's first page."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting
from silian.registers.organisations.choices import Role
from silian.registers.policies.choices import Audience, BenefitState
from silian.registers.policies.permissions.benefits import (
    JUDGES,
    keeps_list,
    public_benefits,
    sees_desk,
)
from silian.registers.policies.queries.benefits import waiting_for_review

SECTION, BUSINESS = "政策", "用人与合作"
SHOWN_TODOS = 10
MEMBERS = (Role.MANAGER, Role.AGENT, Role.READER)


def may_judge(actor: Actor) -> bool:
    return bool(actor.jurisdiction) and actor.has_role(*JUDGES)


def waiting_count(actor: Actor) -> WorkWaiting:
    return waiting_for_review(actor) if may_judge(actor) else 0


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Benefits to review, and reviewed ones to publish (待办)."""
    if not may_judge(actor):
        return []
    found = []
    for benefit in waiting_for_review(actor).order_by("pk")[:SHOWN_TODOS]:
        publishes = benefit.state == BenefitState.REVIEWED
        if publishes and not keeps_list(actor):
            continue
        found.append(
            sockets.Todo(
                title=f"{'公布' if publishes else '审核'}优惠政策：{benefit.title}",
                detail=benefit.owner.name,
                url=benefit.get_absolute_url(),
                action="公布" if publishes else "审核",
            )
        )
    return found


def works_for_taker(actor: Actor) -> bool:
    """Whether the actor's organisation can have benefits."""
    return actor.organisation_kind in Audience.values and actor.has_role(*MEMBERS)


def own_figure(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    """How many benefits are open to organisations of one's kind (可享受的优惠)."""
    if not works_for_taker(actor):
        return []
    rows = public_benefits().in_force(on=timezone.localdate(now))  # type: ignore[attr-defined]
    count = rows.filter(audiences__contains=[actor.organisation_kind]).count()
    return [
        sockets.Figure(
            label="适用的优惠政策",
            value=f"{count:,}",
            unit="项",
            note="逐条看符合和还差的条件",
            url=reverse("policies:benefit_check"),
            source="优惠政策清单",
        )
    ]


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="优惠政策",
        url_name="policies:benefit_desk",
        icon="gift",
        visible=sees_desk,
        count=waiting_count,
    ),
    order=213,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=BUSINESS,
        label="优惠政策自查",
        url_name="policies:benefit_check",
        icon="check2-square",
        visible=works_for_taker,
    ),
    order=160,
)
sockets.todos.plug(todos, order=32)
sockets.figures.plug(own_figure, order=40)
