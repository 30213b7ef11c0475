"""Cooperation with other regions and countries in the menu and on to-do lists."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.operations.alliances.permissions.cooperation import may_register
from silian.operations.alliances.permissions.keeping import oversees, writes_for_unit
from silian.operations.alliances.queries.cooperation import late_years, own_missing_years
from silian.operations.alliances.rules.cooperation import report_due_on

SECTION = "合作与治理"
SHOWN = 20


def reads_cooperation(actor: Actor) -> bool:
    return oversees(actor) or may_register(actor)


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Years of one's own projects that are still to report."""
    if not writes_for_unit(actor) or not may_register(actor):
        return []
    missing = own_missing_years(actor, today=timezone.localdate(now))
    return [
        sockets.Todo(
            title=f"报送 {row.year} 年度成效：{row.project.title}",
            detail=row.project.partner,
            url=reverse("alliances:cooperation_year", kwargs={"project_id": row.project.pk})
            + f"?year={row.year}",
            action="报送",
            due_at=day_over(report_due_on(row.year)),
            basis="平台约定：次年 1 月 31 日前报送",
        )
        for row in missing[:SHOWN]
    ]


def day_over(day: datetime.date) -> datetime.datetime:
    """The moment at which the day is over."""
    following = day + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(following, datetime.time()))


def figures(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    """How many yearly results of the region are past their day, for who oversees it."""
    if not oversees(actor):
        return []
    late = late_years(actor, today=timezone.localdate(now))
    return [
        sockets.Figure(
            label="对外合作年度成效逾期",
            value=str(late),
            unit="份",
            note="次年 1 月 31 日前报送",
            url=reverse("alliances:cooperation_list"),
            source="对外交流合作项目登记",
        )
    ]


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="对外交流合作",
        url_name="alliances:cooperation_list",
        icon="globe",
        visible=reads_cooperation,
    ),
    order=151,
)
sockets.todos.plug(todos, order=61)
sockets.figures.plug(figures, order=61)
sockets.foot_links.plug(
    sockets.FrameLink(label="对外交流合作", url_name="alliances:cooperation_statistics"), order=61
)
