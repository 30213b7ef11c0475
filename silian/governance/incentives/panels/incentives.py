"""What incentives show in the menus of enterprises, schools and officials."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.governance.incentives.permissions.incentives import (
    may_read_own,
    may_read_simulations,
    may_state,
    stated_facts_visible_to,
)

SECTION = "激励与惠企"


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """State the facts of the year, while an organisation has stated none."""
    year = timezone.localdate(now).year
    if not may_state(actor) or stated_facts_visible_to(actor).filter(year=year).exists():
        return []
    return [
        sockets.Todo(
            title=f"填报 {year} 年单位事实",
            detail="填好后能看到可享受的政策和金额",
            url=f"{reverse('incentives:my_facts')}?year={year}",
            action="填报",
        )
    ]


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="我能享受什么",
        url_name="incentives:mine",
        icon="gift",
        visible=may_read_own,
    ),
    order=280,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="政策模拟",
        url_name="incentives:simulation",
        icon="sliders",
        visible=may_read_simulations,
    ),
    order=281,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="政策计算器",
        url_name="incentives:calculator_list",
        icon="calculator",
        visible=lambda actor: may_read_own(actor) or may_read_simulations(actor),
    ),
    order=282,
)
sockets.todos.plug(todos, order=60)
sockets.foot_links.plug(
    sockets.FrameLink(label="政策计算器", url_name="incentives:calculator_list"), order=70
)
sockets.foot_links.plug(
    sockets.FrameLink(label="惠企政策指南", url_name="incentives:guide_list"), order=71
)
