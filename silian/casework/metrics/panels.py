"""Metrics in the frame: the menu, what waits, what is unset."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.utils import timezone

from silian.casework.metrics.permissions.disputes import disputes_to_answer
from silian.casework.metrics.permissions.values import is_official, works_in_government
from silian.casework.metrics.queries.catalogue import metric_named, titles
from silian.casework.metrics.queries.showing import latest_shown
from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting

SECTION = "指标与发布"
SHOWN_TODOS = 20
HEADLINES = ("policies.open_parameters",)  # what an official must see and no other module shows


def waiting_count(actor: Actor) -> WorkWaiting:
    return disputes_to_answer(actor)


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Objections that wait for the actor's answer (待办)."""
    rows = disputes_to_answer(actor).select_related("value__division", "organisation")
    found = list(rows.order_by("due_at")[:SHOWN_TODOS])
    names = titles() if found else {}
    return [
        sockets.Todo(
            title=f"答复数据异议：{row.value.division.name}{names.get(row.value.metric_code, '')}",
            detail=row.organisation.name,
            url=row.get_absolute_url(),
            action="答复",
            due_at=row.due_at,
            basis="平台承诺：5 个工作日内答复",
        )
        for row in found
    ]


def figures(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    """The numbers of the jurisdiction that only this module shows (辖区数字)."""
    if not is_official(actor):
        return []
    metrics = {code: metric for code in HEADLINES if (metric := metric_named(code))}
    shown = latest_shown(
        actor=actor,
        metrics=metrics,
        divisions=[actor.jurisdiction],
        on=timezone.localdate(now),
    )
    return [
        sockets.Figure(
            label=item.metric.title,
            value=item.text,
            unit=item.unit,
            note="政策要求设定而尚无数值",
            url=item.url,
            source=item.metric.source,
        )
        for item in shown.values()
        if item.is_number
    ]


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="指标",
        url_name="metrics:catalogue",
        icon="speedometer2",
        visible=is_official,
    ),
    order=270,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="填报指标",
        url_name="metrics:definition_list",
        icon="pencil-square",
        visible=works_in_government,
    ),
    order=272,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="数据异议",
        url_name="metrics:dispute_list",
        icon="flag",
        visible=is_official,
        count=waiting_count,
    ),
    order=274,
)
sockets.portal_links.plug(sockets.FrameLink(label="指标库", url_name="metrics:catalogue"), order=55)
sockets.todos.plug(todos, order=38)
sockets.figures.plug(figures, order=40)
