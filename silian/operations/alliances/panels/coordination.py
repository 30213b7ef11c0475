"""What coordinating bodies show in the frame and on the workbench."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.operations.alliances.permissions.coordination import may_read_coordination
from silian.operations.alliances.queries.escalations import escalations_to_arrange
from silian.operations.alliances.queries.meetings import meetings_to_finish, replies_waiting

SECTION = "任务与目标"
SHOWN = 20


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Replies to give, meetings to record, problems to arrange."""
    if not may_read_coordination(actor):
        return []
    replies = [
        sockets.Todo(
            title=f"会议回执：{place.meeting.title}",
            detail=place.post.position,
            url=reverse("alliances:meeting_reply", kwargs={"attendance_id": place.pk}),
            action="回执",
            due_at=place.meeting.held_at,
        )
        for place in replies_waiting(actor, now=now)[:SHOWN]
    ]
    records = [
        sockets.Todo(
            title=("签发纪要：" if meeting.state == "held" else "登记召开：") + meeting.title,
            detail=meeting.body.name,
            url=meeting.get_absolute_url(),
            action="办理",
            due_at=meeting.held_at + datetime.timedelta(days=7),
            basis="平台提示：会后 7 天内签发纪要",
        )
        for meeting in meetings_to_finish(actor, now=now)[:SHOWN]
    ]
    problems = [
        sockets.Todo(
            title=f"安排协调：{row.title}",
            detail=row.raised_by.name,
            url=row.get_absolute_url(),
            action="安排",
            due_at=row.due_at,
            basis="平台承诺：10 个工作日内列入议题或答复",
        )
        for row in escalations_to_arrange(actor)[:SHOWN]
    ]
    return [*replies, *records, *problems]


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="会议与决定",
        url_name="alliances:body_list",
        icon="people",
        visible=may_read_coordination,
    ),
    order=9,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="提请协调",
        url_name="alliances:escalation_list",
        icon="arrow-up-right-circle",
        visible=may_read_coordination,
        count=escalations_to_arrange,
    ),
    order=10,
)
sockets.todos.plug(todos, order=30)
