"""What reviewing claims shows in the frame and on the workbench."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.clocks import end_of
from silian.governance.incentives.models import ClaimStep
from silian.governance.incentives.permissions.claims import is_clerk, may_certify
from silian.governance.incentives.queries.claim_review import (
    claims_to_publish,
    notices_to_end,
    steps_to_answer,
)

SECTION = "奖补申领"
SHOWN = 20


def reviews(actor: Actor) -> bool:
    return is_clerk(actor) or may_certify(actor)


def step_todo(step: ClaimStep, now: datetime.datetime) -> sockets.Todo:
    return sockets.Todo(
        title=f"{step.title}：{step.claim.organisation.display_name}",
        detail=f"{step.claim.call.title}，逾期{step.get_on_silence_display()}",
        url=step.claim.get_absolute_url(),
        action="办理",
        due_at=end_of(step.due_on),
        basis=step.claim.call.title,
    )


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Steps to answer, claims to make public, notices to end."""
    if not reviews(actor):
        return []
    found = [step_todo(step, now) for step in steps_to_answer(actor)[:SHOWN]]
    calls = {claim.call_id: claim.call for claim in claims_to_publish(actor)[:SHOWN]}
    found += [
        sockets.Todo(
            title=f"公示审定的申领：{call.title}",
            detail="审定后要公示才能批准和拨付",
            url=reverse("incentives:claim_notice_new", args=[call.pk]),
            action="公示",
        )
        for call in calls.values()
    ]
    today = timezone.localdate(now)
    found += [
        sockets.Todo(
            title=f"公示期满，结束并批准：{notice.title}",
            detail=f"公示到 {notice.ends_on}",
            url=notice.get_absolute_url(),
            action="办理",
        )
        for notice in notices_to_end(actor, on=today)[:SHOWN]
    ]
    return found


sockets.todos.plug(todos, order=62)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="补贴审核",
        url_name="incentives:claim_review_list",
        icon="clipboard-check",
        visible=reviews,
        count=steps_to_answer,
    ),
    order=284,
)
sockets.foot_links.plug(
    sockets.FrameLink(label="补贴公示", url_name="incentives:claim_notice_list"), order=72
)
