"""The register in the frame, and what is about to end on to-do lists."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.utils import timezone

from silian.casework.agreements.choices import AgreementState
from silian.casework.agreements.models import Agreement
from silian.casework.agreements.permissions.agreements import (
    STAFF_ROLES,
    agreements_of_actor,
    is_official,
    may_draft,
)
from silian.casework.agreements.queries.cooperation import cooperation_rows
from silian.casework.agreements.queries.register import ALERT_DAYS, ending_within
from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets

SECTION = "协议与培养"
SHOWN_TODOS = 6
STUCK_STATES = (AgreementState.REFUSED, AgreementState.LAPSED)


def reads_register(actor: Actor) -> bool:
    """Whether the register belongs in the actor's menu."""
    in_unit = actor.organisation_id is not None and actor.has_role(*STAFF_ROLES)
    return in_unit or is_official(actor)


def stuck_count(actor: Actor) -> int:
    """Agreements of one's own organisation that were refused or lapsed and wait for a step."""
    if not may_draft(actor):
        return 0
    rows = agreements_of_actor(actor).filter(
        organiser_id=actor.organisation_id or 0, state__in=STUCK_STATES
    )
    return rows.count()


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Renew what ends soon, and go on with what was refused or lapsed (到期提醒)."""
    if not may_draft(actor) or actor.is_system:
        return []
    own = agreements_of_actor(actor).filter(organiser_id=actor.organisation_id or 0)
    today = timezone.localdate(now)
    ending = ending_within(cooperation_rows(own), on=today, days=ALERT_DAYS).order_by("ends_on")
    stuck = own.filter(state__in=STUCK_STATES, source="").order_by("-pk")
    return [
        *(ending_todo(row) for row in ending[:SHOWN_TODOS]),
        *(stuck_todo(row) for row in stuck[:SHOWN_TODOS]),
    ]


def ending_todo(row: Agreement) -> sockets.Todo:
    return sockets.Todo(
        title=f"续签或了结：{row.title}",
        detail=f"{row.number}，{row.ends_on:%Y-%m-%d} 到期",
        url=row.get_absolute_url(),
        action="办理",
        due_at=timezone.make_aware(datetime.datetime.combine(row.ends_on, datetime.time())),
        basis="协议终止日",
    )


def stuck_todo(row: Agreement) -> sockets.Todo:
    return sockets.Todo(
        title=f"{row.get_state_display()}：{row.title}",
        detail=row.number,
        url=row.get_absolute_url(),
        action="重新起草或撤回",
    )


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="协议",
        url_name="agreements:list",
        icon="file-earmark-text",
        visible=reads_register,
        count=stuck_count,
    ),
    order=341,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="校企合作协议",
        url_name="agreements:cooperation",
        icon="building-up",
        visible=reads_register,
    ),
    order=343,
)
sockets.todos.plug(todos, order=35)
