"""Listings in the frame, on to-do lists and on the page of an organisation."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting
from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.permissions.listings import (
    is_supervisor,
    may_decide_reviews,
    may_read_own,
    may_write_listings,
)
from silian.operations.exchange.queries.listing_reviews import open_review_count, open_reviews
from silian.operations.exchange.queries.listings import needing_attention

BUSINESS = "用人与合作"
SUPERVISION = "监管"
SHOWN_TODOS = 20


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Put right, confirm, extend; for reviewers the queue (待办)."""
    found: list[sockets.Todo] = []
    if may_write_listings(actor):
        rows = needing_attention(actor=actor, today=timezone.localdate(now))
        rows = rows.only("title", "state", "confirmed_on", "expires_on", "updated_at")
        found += [own_todo(listing) for listing in rows.order_by("expires_on")[:SHOWN_TODOS]]
    if may_decide_reviews(actor):
        found += [
            sockets.Todo(
                title=f"审核供需：{review.listing.title}",
                detail=review.listing.organisation.name,
                url=review.get_absolute_url(),
                action="审核",
                due_at=review.due_at,
                basis="平台承诺：送审后 2 个工作日内审结",
            )
            for review in open_reviews(actor)[:SHOWN_TODOS]
        ]
    return found


def own_todo(listing: Listing) -> sockets.Todo:
    """The step that one listing waits for."""
    if listing.state == ListingState.RETURNED:
        url = reverse("exchange:listing_edit", kwargs={"listing_id": listing.pk})
        return sockets.Todo(
            title=f"修改后重新提交：{listing.title}", detail="被退回", url=url, action="修改"
        )
    pauses_on, ends_on = listing.confirm_by, listing.expires_on
    if pauses_on and (ends_on is None or pauses_on <= ends_on):
        return sockets.Todo(
            title=f"确认仍然有效：{listing.title}",
            detail="不确认将自动暂停",
            url=listing.get_absolute_url(),
            action="确认",
            due_at=midnight(pauses_on),
            basis="每 30 天确认一次",
        )
    return sockets.Todo(
        title=f"延长或结束：{listing.title}",
        detail="有效期将满",
        url=listing.get_absolute_url(),
        action="查看",
        due_at=midnight(ends_on) if ends_on else None,
    )


def midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def waiting_count(actor: Actor) -> WorkWaiting:
    return needing_attention(actor=actor, today=timezone.localdate())


sockets.navigation.plug(
    sockets.NavigationItem(
        section=BUSINESS,
        label="我的供需",
        url_name="exchange:my_listings",
        icon="megaphone",
        visible=may_read_own,
        count=waiting_count,
    ),
    order=110,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SUPERVISION,
        label="供需审核",
        url_name="exchange:review_queue",
        icon="clipboard-check",
        visible=is_supervisor,
        count=open_review_count,
    ),
    order=430,
)
sockets.todos.plug(todos, order=20)
