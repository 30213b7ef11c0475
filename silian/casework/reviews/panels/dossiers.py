"""Batches, applications and what waits of them, in the frame."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse

from silian.casework.reviews.permissions.campaigns import (
    OPINION_ROLES,
    OWNER_ROLES,
    WATCHING_ROLES,
    campaigns_visible_to,
)
from silian.casework.reviews.queries.inbox import Waiting, inbox_of, inbox_size
from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.clocks import end_of
from silian.registers.organisations.choices import OrganisationKind, Role

SECTION = "评审认定"
SHOWN_TODOS = 6
APPLYING_ROLES = frozenset({Role.MANAGER, Role.AGENT})


def applies(actor: Actor) -> bool:
    """Whether the actor files applications for its organisation."""
    is_department = actor.organisation_kind == OrganisationKind.GOVERNMENT
    return actor.organisation_id is not None and (
        actor.has_role(*APPLYING_ROLES) or (is_department and actor.has_role(Role.COORDINATOR))
    )


def works_on_batches(actor: Actor) -> bool:
    """Whether batches belong in the actor's menu: officials with a part in reviews."""
    roles = OPINION_ROLES | WATCHING_ROLES
    return bool(actor.jurisdiction) and actor.has_role(*roles)


def has_inbox(actor: Actor) -> bool:
    return actor.organisation_id is not None and (
        applies(actor) or actor.has_role(*OWNER_ROLES, Role.EXPERT)
    )


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """The nearest of what waits in reviews (评审待办)."""
    if not actor.is_authenticated or actor.is_system:
        return []
    return [todo_of(row) for row in inbox_of(actor)[:SHOWN_TODOS]]


def todo_of(row: Waiting) -> sockets.Todo:
    return sockets.Todo(
        title=f"{row.what}：{row.title}",
        detail=row.detail,
        url=row.url,
        action=row.action,
        due_at=end_of(row.due_on) if row.due_on else None,
        basis="评审程序规定的期限",
    )


def figures(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    """How many batches are on, for the officials who run or watch them."""
    if not works_on_batches(actor):
        return []
    live = campaigns_visible_to(actor).filter(state__in=["open", "reviewing", "deciding"])
    return [
        sockets.Figure(
            label="认定批次在办",
            value=str(live.count()),
            unit="个",
            note="申报、评审和审定中",
            url=reverse("reviews:campaign_list") + "?state=open&state=reviewing&state=deciding",
            source="评审认定",
        )
    ]


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="评审待办",
        url_name="reviews:inbox",
        icon="clipboard-check",
        visible=has_inbox,
        count=inbox_size,
    ),
    order=350,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="认定申报",
        url_name="reviews:dossier_open",
        icon="award",
        visible=applies,
    ),
    order=351,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="认定批次",
        url_name="reviews:campaign_list",
        icon="collection",
        visible=works_on_batches,
    ),
    order=352,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="申报材料",
        url_name="reviews:dossier_list",
        icon="folder2-open",
        visible=works_on_batches,
    ),
    order=353,
)
sockets.todos.plug(todos, order=36)
sockets.portal_links.plug(sockets.FrameLink(label="认定申报", url_name="reviews:call_list"))
