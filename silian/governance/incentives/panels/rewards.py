"""Rewards and restrictions in the menu, on to-do lists, on recognitions, and on the portal."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from silian.casework.reviews.models import Recognition
from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.clocks import end_of
from silian.governance.incentives.choices.rewards import RestrictionState, ResultSource
from silian.governance.incentives.models.restrictions import Restriction
from silian.governance.incentives.models.reward_decisions import RewardDecision
from silian.governance.incentives.permissions.rewards import (
    oversees_rewards,
    proposes_rewards,
    reads_own_rewards,
    results_visible_to,
)
from silian.governance.incentives.queries.rewards import (
    decisions_to_decide,
    decisions_to_publish,
    restrictions_to_do,
)

SECTION = "激励与惠企"
SHOWN = 20
VERBS = {
    RestrictionState.NOTICED: ("陈述意见", "陈述"),
    RestrictionState.REPLIED: ("决定约束事项", "决定"),
    RestrictionState.APPEALED: ("处理申诉", "处理"),
}


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Lists to decide and to publish, restrictions to answer, decide or settle."""
    today = timezone.localdate(now)
    found: list[sockets.Todo] = []
    if oversees_rewards(actor):
        found += [decide_todo(row) for row in decisions_to_decide(actor)[:SHOWN]]
    if proposes_rewards(actor):
        found += [publish_todo(row) for row in decisions_to_publish(actor, on=today)[:SHOWN]]
    if oversees_rewards(actor) or reads_own_rewards(actor):
        found += [todo_of(row, today) for row in restrictions_to_do(actor, on=today)[:SHOWN]]
    return found


def decide_todo(row: RewardDecision) -> sockets.Todo:
    return sockets.Todo(
        title=f"审定激励名单：{row.title}",
        detail=row.get_measure_display(),
        url=row.get_absolute_url(),
        action="审定",
    )


def publish_todo(row: RewardDecision) -> sockets.Todo:
    return sockets.Todo(
        title=f"公布激励名单：{row.title}",
        detail=f"公示到 {row.notice_until:%Y-%m-%d}，已期满",
        url=row.get_absolute_url(),
        action="公布",
    )


def todo_of(row: Restriction, today: datetime.date) -> sockets.Todo:
    state = RestrictionState(row.state)
    silent = state == RestrictionState.NOTICED and row.reply_by < today
    title, action = VERBS[RestrictionState.REPLIED if silent else state]
    return sockets.Todo(
        title=f"{title}：{row.organisation.display_name}",
        detail=row.get_measure_display(),
        url=row.get_absolute_url(),
        action=action,
        due_at=end_of(row.reply_by) if state == RestrictionState.NOTICED and not silent else None,
        basis=f"{row.document} {row.clause}",
    )


def uses_of_recognition(actor: Actor, subject: Any) -> sockets.Panel | None:
    """Where a recognition was used, on its own page."""
    if not isinstance(subject, Recognition):
        return None
    rows = results_visible_to(actor).filter(
        source=ResultSource.RECOGNITION, reference=f"reviews.recognition:{subject.pk}"
    )
    found = list(rows.prefetch_related("uses__decision"))
    if not found:
        return None
    return sockets.Panel(template="incentives/rewards/_uses.html", context={"results": found})


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="激励事项",
        url_name="incentives:reward_decisions",
        icon="award",
        visible=oversees_rewards,
        count=decisions_to_decide,
    ),
    order=290,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="评价结果运用",
        url_name="incentives:reward_results",
        icon="clipboard-data",
        visible=oversees_rewards,
    ),
    order=291,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="约束事项",
        url_name="incentives:restrictions",
        icon="shield-exclamation",
        visible=oversees_rewards,
    ),
    order=292,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="我的激励",
        url_name="incentives:my_rewards",
        icon="award",
        visible=reads_own_rewards,
    ),
    order=290,
)
sockets.todos.plug(todos, order=66)
sockets.panels["reviews.recognition"].plug(uses_of_recognition, order=60)
sockets.foot_links.plug(
    sockets.FrameLink(label="激励名单公开", url_name="incentives:public_rewards"), order=72
)
