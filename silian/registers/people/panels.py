"""What the register of people shows elsewhere."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.registers.organisations.choices import Role
from silian.registers.people import queries
from silian.registers.people.permissions import STAFF_ROLES


def waiting_requests(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Requests about personal data that the organisation must answer."""
    if not actor.has_role(Role.MANAGER):
        return []
    return [
        sockets.Todo(
            title=f"答复个人信息{item.get_kind_display()}请求",
            detail=item.person.name,
            url=reverse("people:request_answer", args=[item.pk]),
            action="答复",
            due_at=item.due_at,
            basis="个人信息保护法第五十条",
        )
        for item in queries.requests_waiting_for(actor)[:20]
    ]


sockets.todos.plug(waiting_requests)
sockets.navigation.plug(
    sockets.NavigationItem(
        section="单位",
        label="本单位人员",
        url_name="people:person_list",
        icon="people",
        visible=lambda actor: actor.organisation_id is not None and actor.has_role(*STAFF_ROLES),
    ),
    order=230,
)
sockets.account_links.plug(
    sockets.FrameLink(label="我的个人信息", url_name="people:my_data", icon="shield-check"),
    order=20,
)
