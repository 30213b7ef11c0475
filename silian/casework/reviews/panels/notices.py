"""The public notice and the results as kinds of publication, and the way to them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from silian.casework.publications.registry import Kind, register_kind
from silian.casework.reviews.choices.deciding import ObjectionState
from silian.casework.reviews.commands.notices import NOTICE_KIND, RESULTS_KIND
from silian.casework.reviews.commands.objections import HEARING_DAYS
from silian.casework.reviews.models import Appeal, Objection, PublicNotice
from silian.casework.reviews.permissions.campaigns import OWNER_ROLES, WATCHING_ROLES
from silian.casework.reviews.permissions.notices import (
    appeals_handled_by,
    hearings_of,
    objections_visible_to,
)
from silian.casework.reviews.queries.appeals import for_list as for_appeals
from silian.casework.reviews.queries.lateness import late_words
from silian.casework.reviews.queries.objections import for_list as for_objections
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.site_calendar import site_calendar, site_deadline
from silian.foundation.ui import sockets
from silian.foundation.ui.clocks import end_of
from silian.foundation.ui.counting import WorkWaiting
from silian.registers.organisations.choices import Role

SHOWN_TODOS = 6
SECTION = "评审认定"

register_kind(
    Kind(
        code=NOTICE_KIND,
        title="认定公示",
        purpose="集体审定后拟认定的名单，公示期内接受异议",
        needs_approval=False,
    )
)
register_kind(
    Kind(
        code=RESULTS_KIND,
        title="认定结果",
        purpose="公示期满、异议办结后的认定名单",
        needs_approval=False,
    )
)


def handles_objections(actor: Actor) -> bool:
    """Whether objections and appeals belong in the actor's menu."""
    return bool(actor.jurisdiction) and actor.has_role(*OWNER_ROLES, *WATCHING_ROLES)


def open_objections_of(actor: Actor) -> WorkWaiting:
    return objections_visible_to(actor).filter(state=ObjectionState.RAISED)


def open_appeals_of(actor: Actor) -> WorkWaiting:
    return appeals_handled_by(actor).filter(state=ObjectionState.RAISED)


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Objections and appeals to settle, questions to answer, notices to end."""
    found = [hearing_todo(row) for row in open_hearings(actor)[:SHOWN_TODOS]]
    if handles_objections(actor):
        late = partial(late_words, on=timezone.localdate(now), calendar=site_calendar())
        rows = for_objections(objections_visible_to(actor).filter(state=ObjectionState.RAISED))
        mine = rows.filter(Q(investigator=None) | Q(investigator_id=actor.user_id))
        found += [
            objection_todo(row, late(row)) for row in mine.order_by("due_on", "pk")[:SHOWN_TODOS]
        ]
        appeals = for_appeals(appeals_handled_by(actor).filter(state=ObjectionState.RAISED))
        own = appeals.filter(Q(handler=None) | Q(handler_id=actor.user_id))
        found += [appeal_todo(row, late(row)) for row in own.order_by("due_on", "pk")[:SHOWN_TODOS]]
    if actor.has_role(Role.COORDINATOR) and actor.organisation_id:
        over = PublicNotice.objects.filter(
            campaign__owner_id=actor.organisation_id,
            closed_at=None,
            ends_on__lte=timezone.localdate(now),
        )
        rows_over = over.select_related("campaign").order_by("ends_on")[:SHOWN_TODOS]
        found += [notice_todo(row) for row in rows_over]
    return found


def open_hearings(actor: Actor) -> QuerySet[Objection]:
    rows = hearings_of(actor).filter(state=ObjectionState.RAISED, stated_at=None)
    return rows.select_related("dossier").order_by("asked_at")


def hearing_todo(row: Objection) -> sockets.Todo:
    return sockets.Todo(
        title=f"说明情况：{row.dossier.subject_name}",
        detail=row.question[:60],
        url=reverse("reviews:hearing", args=[row.pk]),
        action="说明",
        due_at=site_deadline(row.asked_at, working_days=HEARING_DAYS).due_at
        if row.asked_at
        else None,
    )


def objection_todo(row: Objection, late: str) -> sockets.Todo:
    return sockets.Todo(
        title=f"核查异议：{row.dossier.subject_name}",
        detail=" · ".join(filter(None, [late, row.dossier.campaign.title])),
        url=reverse("reviews:objection_detail", args=[row.pk]),
        action="核查",
        due_at=end_of(row.due_on),
        basis="方案规定的异议答复期限",
    )


def appeal_todo(row: Appeal, late: str) -> sockets.Todo:
    return sockets.Todo(
        title=f"复核申诉：{row.decision.dossier.subject_name}",
        detail=" · ".join(filter(None, [late, row.decision.dossier.campaign.title])),
        url=reverse("reviews:appeal_detail", args=[row.pk]),
        action="复核",
        due_at=end_of(row.due_on),
        basis="方案规定的申诉答复期限",
    )


def notice_todo(row: PublicNotice) -> sockets.Todo:
    return sockets.Todo(
        title=f"办结公示：{row.campaign.title}",
        detail="公示期满，异议都答复后公布结果",
        url=row.campaign.get_absolute_url(),
        action="办结",
    )


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="公示异议",
        url_name="reviews:objection_list",
        icon="chat-left-dots",
        visible=handles_objections,
        count=open_objections_of,
    ),
    order=366,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="申诉",
        url_name="reviews:appeal_list",
        icon="arrow-repeat",
        visible=handles_objections,
        count=open_appeals_of,
    ),
    order=367,
)
sockets.portal_links.plug(
    sockets.FrameLink(label="认定公示", url_name="reviews:notice_list"), order=82
)
sockets.todos.plug(todos, order=25)
