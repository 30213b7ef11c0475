"""What income, plans and pay totals show in the menus and to-dos."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.governance.incentives.choices.income import PayTotalState
from silian.governance.incentives.permissions.income import (
    reads_plans,
    reads_school_income,
    reads_totals,
    teaches,
)
from silian.governance.incentives.queries.income import WAITING, pay_totals_waiting_for
from silian.governance.incentives.workflow.income import pay_total

SECTION = "拨款与收入"
SHOWN = 10
LABELS = {step.name: step.label for step in pay_total.transitions}


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Pay totals whose next step is the actor's."""
    return [
        sockets.Todo(
            title=f"{LABELS[WAITING[PayTotalState(row.state)]]}：{row.year} 年绩效工资总量",
            detail=row.school.display_name,
            url=row.get_absolute_url(),
            action="办理",
        )
        for row in pay_totals_waiting_for(actor)[:SHOWN]
    ]


def reads_pay_totals(actor: Actor) -> bool:
    return reads_school_income(actor) or reads_totals(actor)


LINES = (
    ("收入与奖励登记", "income_projects", "wallet2", reads_school_income),
    ("收入与奖励核算表", "income_statement", "file-earmark-spreadsheet", reads_school_income),
    ("我的收入与奖励", "own_income", "wallet2", teaches),
    ("分配方案", "distribution_plans", "pie-chart", reads_plans),
    ("院校收入汇总", "income_totals", "collection", reads_totals),
)
for place, (label, name, icon, visible) in enumerate(LINES):
    sockets.navigation.plug(
        sockets.NavigationItem(
            section=SECTION,
            label=label,
            url_name=f"incentives:{name}",
            icon=icon,
            visible=visible,
        ),
        order=294 + place,
    )
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="绩效工资总量核定",
        url_name="incentives:pay_totals",
        icon="clipboard2-check",
        visible=reads_pay_totals,
        count=lambda actor: len(pay_totals_waiting_for(actor)),
    ),
    order=299,
)
sockets.todos.plug(todos, order=65)
