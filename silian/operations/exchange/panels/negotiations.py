"""Negotiations in the frame, on to-do lists, and on the pages of organisations and listings."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting
from silian.operations.exchange.commands.negotiation_opening import reason_actor_may_not_answer
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.permissions.negotiations import (
    is_supervisor,
    may_read_negotiations,
    side_of,
)
from silian.operations.exchange.permissions.unmet_demands import unmet_demands_verified_by
from silian.operations.exchange.queries.negotiation_inbox import unread_negotiations
from silian.operations.exchange.queries.negotiation_public import public_account
from silian.operations.exchange.queries.negotiation_responses import (
    public_ratings_of,
    response_record_of,
)
from silian.operations.exchange.queries.negotiation_todos import (
    demand_todos,
    my_figures,
    negotiation_todos,
    open_negotiation_of,
    seat_todos,
)
from silian.registers.organisations.models import Organisation

BUSINESS = "用人与合作"
SUPERVISION = "监管"


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Answer, decide, record, rate, join, verify (待办)."""
    return [
        *negotiation_todos(actor=actor, now=now),
        *seat_todos(actor=actor),
        *demand_todos(actor=actor),
    ]


def figures(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    if not may_read_negotiations(actor) or is_supervisor(actor):
        return []
    return my_figures(actor=actor, now=now)


def public_figures(now: datetime.datetime) -> Sequence[sockets.Figure]:
    """What the exchange has achieved in a year, for everybody (对接成效)."""
    account = public_account(months="12", now=now)
    total, url = account.total, reverse("exchange:effectiveness")
    answered = total.answered_percent
    return [
        sockets.Figure(
            label="收到应答的供需",
            value="未设定" if answered is None else str(answered),
            unit="" if answered is None else "%",
            note=f"近 12 个月 {total.answered:,} / {total.published:,} 条",
            url=url,
            source="供需发布与洽谈登记",
        ),
        sockets.Figure(
            label="登记协议",
            value=f"{account.deals['deals']:,}",
            unit="份",
            note=f"近 12 个月，{total.agreed:,} 条供需成交",
            url=url,
            source="成交登记",
        ),
    ]


def organisation_responses(actor: Actor, subject: Any) -> sockets.Panel | None:
    """How an organisation answers and is rated, on its own page."""
    if not isinstance(subject, Organisation):
        return None
    return sockets.Panel(
        template="exchange/_response_panel.html",
        context={
            "record": response_record_of(organisation_id=subject.pk),
            "ratings": public_ratings_of(organisation_id=subject.pk, now=timezone.now()),
        },
    )


def publisher_responses(actor: Actor, subject: Any) -> sockets.Panel | None:
    """How the publisher answers, on the page of a listing."""
    if not isinstance(subject, Listing):
        return None
    return sockets.Panel(
        template="exchange/_response_brief.html",
        context={"record": response_record_of(organisation_id=subject.organisation_id)},
    )


def answer(actor: Actor, subject: Any) -> sockets.Panel | None:
    """The way to answer a listing, or to the talk about it that is open already."""
    if not isinstance(subject, Listing) or not actor.is_authenticated:
        return None
    talk = open_negotiation_of(listing_id=subject.pk, organisation_id=side_of(actor))
    url = reverse("exchange:negotiation_detail", kwargs={"negotiation_id": talk}) if talk else ""
    return sockets.Panel(
        template="exchange/_listing_answer.html",
        context={
            "label": kind_of(subject.kind).answer_label,
            "open_url": url if may_read_negotiations(actor) else "",
            "reason": reason_actor_may_not_answer(listing=subject, actor=actor),
            "answer_url": reverse("exchange:listing_answer", kwargs={"listing_id": subject.pk}),
        },
    )


def unread_count(actor: Actor) -> int:
    return unread_negotiations(actor=actor)


def waiting_demands(actor: Actor) -> WorkWaiting:
    return unmet_demands_verified_by(actor)


def plug_navigation() -> None:
    item = sockets.NavigationItem
    lines = [
        (120, item(section=BUSINESS, label="洽谈", url_name="exchange:negotiation_list",
                   icon="chat-dots", visible=may_read_negotiations, count=unread_count)),
        (130, item(section=BUSINESS, label="成交", url_name="exchange:deal_list",
                   icon="file-earmark-check", visible=may_read_negotiations)),
        (440, item(section=SUPERVISION, label="对接成效", url_name="exchange:effectiveness",
                   icon="bar-chart", visible=is_supervisor)),
        (450, item(section=SUPERVISION, label="未满足需求", url_name="exchange:unmet_demand_queue",
                   icon="binoculars", visible=is_supervisor, count=waiting_demands)),
    ]  # fmt: skip
    for order, line in lines:
        sockets.navigation.plug(line, order=order)


plug_navigation()
sockets.todos.plug(todos, order=20)
sockets.figures.plug(figures, order=30)
sockets.public_figures.plug(public_figures, order=40)
sockets.panels["organisation.detail"].plug(organisation_responses, order=30)
sockets.panels["listing.publisher"].plug(publisher_responses, order=10)
sockets.panels["listing.answer"].plug(answer, order=10)
