"""What the training fund shows in the frame and on the workbench."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.clocks import end_of
from silian.operations.learning.choices import UNDER_ORDER, ReturnState
from silian.operations.learning.models.returns import FundReturn
from silian.operations.learning.permissions.fund import (
    keeps,
    oversees,
    reads_register,
    reports,
    returns_visible_to,
)
from silian.operations.learning.queries.calls import calls_to_report
from silian.operations.learning.queries.returns import (
    returns_to_check,
    returns_to_comment,
    returns_to_finish,
)

SECTION = "职工教育"
SHOWN = 20
OWN_WORDS = {
    ReturnState.DRAFT: ("填完并提交", "填报"),
    ReturnState.FIXING: ("按清单补正", "补正"),
    ReturnState.ORDERED: ("限期改正", "改正"),
    ReturnState.REFUSED: ("已认定拒不改正，仍可改正", "改正"),
}


def enterprise_todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Notices to answer, and returns to finish, complete or correct."""
    if not reports(actor):
        return []
    asked = [
        sockets.Todo(
            title=f"填报：{call.title}",
            detail=f"核对部门 {call.authority.display_name}",
            url=reverse("learning:own"),
            action="填报",
            due_at=end_of(call.due_on),
            basis=call.basis,
        )
        for call in calls_to_report(organisation_id=actor.organisation_id or 0)[:SHOWN]
    ]
    return [*asked, *(own_todo(row) for row in returns_to_finish(actor)[:SHOWN])]


def own_todo(row: FundReturn) -> sockets.Todo:
    words, action = OWN_WORDS[ReturnState(row.state)]
    due_at: datetime.datetime | None = end_of(row.call.due_on)
    if row.state == ReturnState.FIXING:
        due_at = row.fix_due_at
    elif row.case is not None:
        due_at = end_of(row.case.due_on)
    return sockets.Todo(
        title=f"{words}：{row.year} 年度职工教育培训经费报告",
        detail=row.fix_list if row.state == ReturnState.FIXING else row.call.title,
        url=row.get_absolute_url(),
        action=action,
        due_at=due_at,
        basis=row.call.basis,
    )


def officials_todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Returns to check, and returns on which the office is asked."""
    if not keeps(actor):
        return []
    check = [
        sockets.Todo(
            title=f"核对经费报告：{row.organisation.display_name}",
            detail=f"{row.year} 年度，{row.get_state_display()}",
            url=row.get_absolute_url(),
            action="核对",
            due_at=row.check_due_at,
            basis="平台承诺：20 个工作日内核对",
        )
        for row in returns_to_check(actor)[:SHOWN]
    ]
    comment = [
        sockets.Todo(
            title=f"提经费报告核对意见：{row.organisation.display_name}",
            detail=f"{row.year} 年度",
            url=reverse("learning:return_opinion", args=[row.pk]),
            action="提意见",
            due_at=row.check_due_at,
        )
        for row in returns_to_comment(actor)[:SHOWN]
    ]
    return [*check, *comment]


def figures(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    """How many orders of the region are open."""
    if not oversees(actor):
        return []
    rows = returns_visible_to(actor).filter(state__in=UNDER_ORDER)
    return [
        sockets.Figure(
            label="经费责令改正未办结",
            value=str(rows.count()),
            unit="家",
            note="职工教育培训经费",
            url=reverse("learning:return_list") + "?state=ordered&state=reported",
            source="职工教育经费年度报告",
        )
    ]


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="本单位经费报告",
        url_name="learning:own",
        icon="piggy-bank",
        visible=reports,
        count=lambda actor: (
            returns_to_finish(actor).count()
            + calls_to_report(organisation_id=actor.organisation_id or 0).count()
        ),
    ),
    order=70,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="经费报告核对",
        url_name="learning:return_list",
        icon="clipboard-check",
        visible=reads_register,
        count=lambda actor: returns_to_check(actor).count(),
    ),
    order=71,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="经费报告通知",
        url_name="learning:call_list",
        icon="megaphone",
        visible=reads_register,
    ),
    order=72,
)
sockets.todos.plug(enterprise_todos, order=63)
sockets.todos.plug(officials_todos, order=63)
sockets.figures.plug(figures, order=63)
sockets.foot_links.plug(
    sockets.FrameLink(label="职工教育培训经费", url_name="learning:public_figures"), order=63
)
