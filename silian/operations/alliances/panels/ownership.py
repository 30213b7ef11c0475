"""Schools run with enterprises in the menu and on to-do lists."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.operations.alliances.choices.ownership import CaseState
from silian.operations.alliances.permissions.keeping import of_unit, oversees
from silian.operations.alliances.permissions.ownership import (
    cases_to_decide,
    cases_visible_to,
    may_apply,
)
from silian.operations.alliances.queries.ownership import late_reports, own_missing_reports

SECTION = "合作与治理"
SHOWN = 20


def reads_cases(actor: Actor) -> bool:
    return oversees(actor) or may_apply(actor)


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Cases to decide, cases to complete, years to report."""
    if not reads_cases(actor):
        return []
    return [*deciding(actor), *completing(actor), *reporting(actor, now)]


def deciding(actor: Actor) -> list[sockets.Todo]:
    return [
        sockets.Todo(
            title=("审核" if case.state == CaseState.APPLIED else "批准")
            + f"办学案例：{case.title}",
            detail=case.applicant.display_name,
            url=case.get_absolute_url(),
            action="办理",
            due_at=case.due_at,
            basis="平台承诺：20 个工作日内审核",
        )
        for case in cases_to_decide(actor).select_related("applicant").order_by("due_at")[:SHOWN]
    ]


def completing(actor: Actor) -> list[sockets.Todo]:
    if not may_apply(actor):
        return []
    rows = cases_visible_to(actor).filter(of_unit(actor, "applicant_id"), state=CaseState.RETURNED)
    return [
        sockets.Todo(
            title=f"补正办学案例：{case.title}",
            detail=case.answer,
            url=case.get_absolute_url(),
            action="补正",
        )
        for case in rows[:SHOWN]
    ]


def reporting(actor: Actor, now: datetime.datetime) -> list[sockets.Todo]:
    if not may_apply(actor):
        return []
    missing = own_missing_reports(actor, today=timezone.localdate(now))
    return [
        sockets.Todo(
            title=f"报送 {row.year} 年办学报告：{row.case.title}",
            detail=row.case.school_name,
            url=reverse("alliances:case_report", kwargs={"case_id": row.case.pk})
            + f"?year={row.year}",
            action="报送",
            due_at=timezone.make_aware(
                datetime.datetime.combine(row.due_on + datetime.timedelta(days=1), datetime.time())
            ),
            basis="批准办学时约定的年度报告日",
        )
        for row in missing[:SHOWN]
    ]


def figures(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    """How many yearly reports of the region's cases are past their day."""
    if not oversees(actor):
        return []
    late = late_reports(actor, today=timezone.localdate(now))
    return [
        sockets.Figure(
            label="办学年度报告逾期",
            value=str(late),
            unit="份",
            note="按批准时约定的报告日",
            url=reverse("alliances:case_list") + "?state=running",
            source="企业办学案例",
        )
    ]


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="企业办学案例",
        url_name="alliances:case_list",
        icon="building-add",
        visible=reads_cases,
        count=cases_to_decide,
    ),
    order=152,
)
sockets.todos.plug(todos, order=62)
sockets.figures.plug(figures, order=62)
sockets.foot_links.plug(
    sockets.FrameLink(label="企业办学案例", url_name="alliances:case_register"), order=62
)
