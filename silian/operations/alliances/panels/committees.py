"""What committees show in the frame and on the workbench."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.operations.alliances.choices.nominations import NominationState
from silian.operations.alliances.permissions.committees import (
    committees_visible_to,
    may_read_committees,
)
from silian.operations.alliances.permissions.groups import is_official
from silian.operations.alliances.permissions.nominations import nominations_asked_of
from silian.operations.alliances.queries.committees import (
    answers_waiting,
    items_late,
    opinions_to_send,
    terms_ending,
)

SECTION = "任务与目标"
SHOWN = 10


def midnight_after(day: datetime.date) -> datetime.datetime:
    """The midnight that ends the day."""
    after = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time())
    return timezone.make_aware(after)


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """One's own consent, opinions to answer and send, items of plans overdue, terms that end."""
    asked = consents(actor)
    if not may_read_committees(actor):
        return asked
    today = timezone.localdate(now)
    answers = [
        sockets.Todo(
            title=f"答复委员会意见：{row.opinion.title}",
            detail=row.opinion.committee.name,
            url=reverse("alliances:opinion_answer", kwargs={"answer_id": row.pk}),
            action="答复",
            due_at=row.due_at,
            basis="平台承诺：20 个工作日内答复",
        )
        for row in answers_waiting(actor)[:SHOWN]
    ]
    return [*asked, *answers, *keeper_todos(actor, today)]


def consents(actor: Actor) -> list[sockets.Todo]:
    """Nominations for the review pool that wait for the actor in person."""
    rows = nominations_asked_of(actor).filter(state=NominationState.ASKED)
    return [
        sockets.Todo(
            title="答复：推荐您进入评审专家库",
            detail=row.committee.name,
            url=row.get_absolute_url(),
            action="答复",
        )
        for row in rows.select_related("committee")[:SHOWN]
    ]


def keeper_todos(actor: Actor, today: datetime.date) -> list[sockets.Todo]:
    drafts = [
        sockets.Todo(
            title=f"发出意见：{row.title}",
            detail=row.committee.name,
            url=row.get_absolute_url(),
            action="核对",
        )
        for row in opinions_to_send(actor)[:SHOWN]
    ]
    late = [
        sockets.Todo(
            title=f"计划事项：{row.text}",
            detail=row.plan.committee.name,
            url=reverse("alliances:plan_item_progress", kwargs={"item_id": row.pk}),
            action="填报",
            due_at=midnight_after(row.due_on),
        )
        for row in items_late(actor, today=today)[:SHOWN]
    ]
    terms = [
        sockets.Todo(
            title=f"委员会换届：{row.name}",
            detail=f"{row.term_ends_on:%Y-%m-%d} 届满",
            url=row.get_absolute_url(),
            action="办理",
            due_at=midnight_after(row.term_ends_on),
        )
        for row in terms_ending(actor, today=today)[:SHOWN]
    ]
    return [*drafts, *late, *terms]


def concerned(actor: Actor) -> bool:
    """Officials, hosts, the units of members, and schools that were asked."""
    if is_official(actor):
        return True
    return may_read_committees(actor) and committees_visible_to(actor).exists()


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="指导委员会",
        url_name="alliances:committee_list",
        icon="mortarboard",
        visible=concerned,
        count=answers_waiting,
    ),
    order=13,
)
sockets.portal_links.plug(
    sockets.FrameLink(label="委员会意见", url_name="alliances:opinion_list"), order=58
)
sockets.todos.plug(todos, order=35)
