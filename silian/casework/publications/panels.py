"""What publications show in the frame and on the workbench."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from silian.casework.publications.choices import EditionState
from silian.casework.publications.models import Edition
from silian.casework.publications.permissions import editions_on_desk_of, may_draft, may_use_desk
from silian.casework.publications.queries import editions_for_list, waiting_for
from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting

SHOWN_TODOS = 10


def waiting(actor: Actor) -> WorkWaiting:
    return waiting_for(actor, rows=editions_on_desk_of(actor))


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """What waits for the actor: approvals, and approved editions to put out."""
    if not may_use_desk(actor):
        return []
    rows = editions_for_list(editions_on_desk_of(actor))
    found = [todo(edition, "审批") for edition in waiting_for(actor, rows=rows)[:SHOWN_TODOS]]
    if may_draft(actor):
        own = rows.filter(state=EditionState.APPROVED, organisation_id=actor.organisation_id or 0)
        found += [todo(edition, "发布") for edition in own[:SHOWN_TODOS]]
    return found


def todo(edition: Edition, action: str) -> sockets.Todo:
    return sockets.Todo(
        title=f"{action}{edition.declaration.title}：{edition.title}",
        detail=f"{edition.label}，{edition.organisation.name}",
        url=edition.get_absolute_url(),
        action=action,
    )


sockets.navigation.plug(
    sockets.NavigationItem(
        section="指标与发布",
        label="发布编审",
        url_name="publications:edition_desk",
        icon="journal-check",
        visible=may_use_desk,
        count=waiting,
    ),
    order=290,
)
sockets.portal_links.plug(
    sockets.FrameLink(label="公开发布", url_name="publications:edition_list"), order=60
)
sockets.todos.plug(todos, order=40)
