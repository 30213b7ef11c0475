"""Shared data in the frame and on to-do lists."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting
from silian.operations.exchange.permissions.data_sets import may_write_data
from silian.operations.exchange.queries.data_sets import requests_to_decide, stale_data_sets

SHOWN_TODOS = 20


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Answer requests, refresh what is overdue (待办)."""
    answers = [
        sockets.Todo(
            title=f"答复共享申请：{request.data_set.title}",
            detail=f"{request.organisation.display_name}：{request.purpose[:40]}",
            url=reverse("exchange:data_request_decide", kwargs={"request_id": request.pk}),
            action="答复",
            due_at=request.due_at,
            basis="平台承诺：5 个工作日内答复",
        )
        for request in requests_to_decide(actor)[:SHOWN_TODOS]
    ]
    today = timezone.localdate(now)
    refreshes = [
        sockets.Todo(
            title=f"更新数据集：{data_set.title}",
            detail=f"更新周期 {data_set.refresh_days} 天",
            url=reverse("exchange:data_set_refresh", kwargs={"data_set_id": data_set.pk}),
            action="更新",
            due_at=due_moment(data_set.due_on),
        )
        for data_set in stale_data_sets(actor, today=today)[:SHOWN_TODOS]
    ]
    return [*answers, *refreshes]


def due_moment(day: datetime.date | None) -> datetime.datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def waiting_requests(actor: Actor) -> WorkWaiting:
    return requests_to_decide(actor)


sockets.navigation.plug(
    sockets.NavigationItem(
        section="用人与合作",
        label="数据共享",
        url_name="exchange:data_set_list",
        icon="database",
        visible=may_write_data,
        count=waiting_requests,
    ),
    order=150,
)
sockets.portal_links.plug(
    sockets.FrameLink(label="数据开放", url_name="exchange:data_set_list"), order=50
)
sockets.todos.plug(todos, order=35)
