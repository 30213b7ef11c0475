"""What projects and school projects show in the frame and on the workbench."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.money import format_ten_thousand
from silian.foundation.ui import sockets
from silian.foundation.ui.clocks import end_of
from silian.foundation.ui.counting import WorkWaiting
from silian.governance.accreditation.choices.projects import BUILDING_STAGES, ProjectStage
from silian.governance.accreditation.permissions.projects import (
    is_applicant,
    is_overseer,
    may_read_projects,
    projects_visible_to,
)
from silian.governance.accreditation.permissions.schools import may_read_school_projects
from silian.governance.accreditation.queries.projects import (
    findings_to_cure,
    months_missing,
    own_milestones_due,
    public_projects,
    steps_to_decide,
)
from silian.governance.accreditation.queries.schools import blocks_of_unit, conditions_to_check

SECTION = "项目与审批"
SHOWN = 20
AHEAD = datetime.timedelta(days=14)  # the same fortnight from which milestones turn to watch
REPORT_DAYS = 10  # the platform's promise: last month's progress by the tenth


def deciding(actor: Actor) -> list[sockets.Todo]:
    """Proposals of others that wait for a decision, and conditions to check."""
    steps = [
        sockets.Todo(
            title=f"审定项目：{step.project.name}",
            detail=f"{step.project.owner.display_name}申请{step.get_stage_display()}",
            url=step.project.get_absolute_url(),
            action="审定",
            due_at=step.due_at,
            basis=step.basis,
        )
        for step in steps_to_decide(actor)[:SHOWN]
    ]
    if not is_overseer(actor):
        return steps
    conditions = [
        sockets.Todo(
            title=f"核对条件：{row.title}",
            detail=row.project.school.display_name,
            url=row.project.get_absolute_url(),
            action="核对",
        )
        for row in conditions_to_check(actor)[:SHOWN]
    ]
    return [*steps, *conditions]


def owning(actor: Actor, now: datetime.datetime) -> list[sockets.Todo]:
    """What one's own projects wait for: findings, milestones, last month's progress."""
    today = timezone.localdate(now)
    found = [
        sockets.Todo(
            title=f"整改验收问题：{row.text}",
            detail=row.project.name,
            url=row.project.get_absolute_url(),
            action="整改",
            due_at=end_of(row.cure_by),
        )
        for row in findings_to_cure(actor)[:SHOWN]
    ]
    found += [
        sockets.Todo(
            title=f"项目节点：{row.title}",
            detail=row.project.name,
            url=row.project.get_absolute_url(),
            action="登记",
            due_at=end_of(row.planned_on),
        )
        for row in own_milestones_due(actor, until=today + AHEAD)[:SHOWN]
    ]
    month = (today.replace(day=1) - datetime.timedelta(days=1)).replace(day=1)
    found += [
        sockets.Todo(
            title=f"登记{month:%Y年%m月}投资进度",
            detail=row.name,
            url=reverse("accreditation:project_act", args=[row.pk, "investment"]),
            action="登记",
            due_at=end_of(today.replace(day=REPORT_DAYS)),
            basis=f"平台约定：每月 {REPORT_DAYS} 日前登记上月进度",
        )
        for row in months_missing(actor, month=month)[:SHOWN]
    ]
    return found


def blocking(actor: Actor, now: datetime.datetime) -> list[sockets.Todo]:
    """What keeps a school from going on and is for one's own unit to remove."""
    today = timezone.localdate(now)
    return [
        sockets.Todo(
            title=f"解决卡点：{row.text}",
            detail=f"{row.project.school.display_name}　已卡 {row.days_blocked(today=today)} 天",
            url=row.project.get_absolute_url(),
            action="查看",
        )
        for row in blocks_of_unit(actor)[:SHOWN]
    ]


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    if not (actor.organisation_id and may_read_projects(actor)):
        return []
    own = owning(actor, now) if is_applicant(actor) else []
    return [*deciding(actor), *own, *blocking(actor, now)]


def figures(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    """Projects that are being built in the region, with their total."""
    if not is_overseer(actor):
        return []
    rows = projects_visible_to(actor).filter(stage__in=sorted(BUILDING_STAGES))
    count, total = rows.count(), rows.aggregate(total=Sum("total"))["total"]
    return [
        sockets.Figure(
            label="在建工程项目",
            value=f"{count}",
            unit="个",
            note=f"总投资 {format_ten_thousand(total)} 万元" if total else "没有在建项目",
            url=reverse("accreditation:project_board"),
            source="工程项目储备登记",
        )
    ]


def public_figures(now: datetime.datetime) -> Sequence[sockets.Figure]:
    rows = public_projects()
    built = rows.filter(stage=ProjectStage.IN_USE).count()
    return [
        sockets.Figure(
            label="产教融合工程项目",
            value=f"{rows.count()}",
            unit="个",
            note=f"其中已投用 {built} 个",
            url=reverse("accreditation:project_public"),
            source="工程项目储备登记",
        )
    ]


def waiting(actor: Actor) -> WorkWaiting:
    return steps_to_decide(actor)


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="工程项目",
        url_name="accreditation:project_list",
        icon="buildings",
        visible=may_read_projects,
        count=waiting,
    ),
    order=300,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="项目总览",
        url_name="accreditation:project_board",
        icon="kanban",
        visible=is_overseer,
    ),
    order=301,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="学校建设与升格",
        url_name="accreditation:school_list",
        icon="mortarboard",
        visible=may_read_school_projects,
    ),
    order=302,
)
sockets.todos.plug(todos, order=40)
sockets.figures.plug(figures, order=45)
sockets.public_figures.plug(public_figures, order=60)
sockets.foot_links.plug(
    sockets.FrameLink(label="建设项目公示", url_name="accreditation:project_public"), order=60
)
