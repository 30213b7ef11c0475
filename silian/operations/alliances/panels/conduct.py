"""Checks on service organisations in the menu, on to-do lists and on their public pages."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.operations.alliances.choices.conduct import CheckState
from silian.operations.alliances.models.conduct import ConductCheck
from silian.operations.alliances.permissions.conduct import reads_checks
from silian.operations.alliances.queries.conduct import checks_to_do, published_checks, standings
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation

SECTION = "合作与治理"
SHOWN, SHOWN_PUBLIC = 20, 5
VERBS = {
    CheckState.PLANNED: ("检查服务组织", "检查"),
    CheckState.HANDED_IN: ("复查整改", "复查"),
    CheckState.CORRECTING: ("整改并提交复查", "整改"),
}


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Checks to do, corrections to hand in or to review."""
    if not reads_checks(actor):
        return []
    return [todo_of(check) for check in checks_to_do(actor)[:SHOWN]]


def todo_of(check: ConductCheck) -> sockets.Todo:
    title, action = VERBS[CheckState(check.state)]
    day = check.due_on if check.state == CheckState.PLANNED else check.correct_by
    following = (day or check.due_on) + datetime.timedelta(days=1)
    return sockets.Todo(
        title=f"{title}：{check.organisation.display_name}",
        detail=check.get_kind_display(),
        url=check.get_absolute_url(),
        action=action,
        due_at=timezone.make_aware(datetime.datetime.combine(following, datetime.time())),
        basis="检查安排和整改期限",
    )


def published(actor: Actor, subject: Any) -> sockets.Panel | None:
    """The results of checks, on the public page of a service organisation."""
    if not isinstance(subject, Organisation) or subject.kind != OrganisationKind.SERVICE:
        return None
    return sockets.Panel(
        template="alliances/conduct/_published.html",
        context={
            "standing": standings([subject.pk], on=timezone.localdate())[subject.pk],
            "checks": published_checks(subject.pk)[:SHOWN_PUBLIC],
        },
    )


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="服务组织检查",
        url_name="alliances:conduct_list",
        icon="clipboard-check",
        visible=reads_checks,
        count=checks_to_do,
    ),
    order=154,
)
sockets.todos.plug(todos, order=64)
sockets.panels["organisation.detail"].plug(published, order=40)
