"""What searches say, in the menu and on the to-do list of officials."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting
from silian.operations.exchange.permissions.negotiations import is_supervisor
from silian.operations.exchange.permissions.search_analytics import may_decide_suggestions
from silian.operations.exchange.queries.demand_suggestions import waiting_suggestions

MOST_TODOS = 3  # one by one they stand on their own page


def suggestion_todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """The terms most often sought in vain (处理建议需求)."""
    if not may_decide_suggestions(actor):
        return []
    return [
        sockets.Todo(
            title=f"处理检索建议：{row.term}",
            detail=f"{row.division.name} {row.askers} 方检索 {row.missed} 次没有结果",
            url=reverse("exchange:demand_suggestion", kwargs={"suggestion_id": row.pk}),
            action="处理",
        )
        for row in waiting_suggestions(actor)[:MOST_TODOS]
    ]


def waiting_count(actor: Actor) -> WorkWaiting:
    return waiting_suggestions(actor)


sockets.navigation.plug(
    sockets.NavigationItem(
        section="监管",
        label="检索统计",
        url_name="exchange:search_analytics",
        icon="search",
        visible=is_supervisor,
        count=waiting_count,
    ),
    order=455,
)
sockets.todos.plug(suggestion_todos, order=25)
