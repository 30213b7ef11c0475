"""What groups show in the frame, on the portal and on the workbench."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting
from silian.operations.alliances.models.groups import CouncilPost
from silian.operations.alliances.permissions.groups import (
    groups_visible_to,
    is_official,
    may_read_groups,
    may_register_group,
)
from silian.operations.alliances.queries.consortia import (
    filings_owed,
    late_filings,
    removals_to_propose,
    reports_to_check,
)
from silian.operations.alliances.queries.groups import (
    contributions_to_decide,
    councils_ending,
    memberships_to_answer,
    overdue_targets,
    targets_to_report,
)

SECTION = "任务与目标"
SHOWN = 10


def midnight_after(day: datetime.date) -> datetime.datetime:
    """The midnight that ends the day."""
    after = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time())
    return timezone.make_aware(after)


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Memberships to answer, contributions to confirm, targets and filings with their days."""
    if not may_read_groups(actor):
        return []
    today = timezone.localdate(now)
    return [
        *membership_todos(actor),
        *contribution_todos(actor),
        *target_todos(actor, today),
        *filing_todos(actor, today),
        *council_todos(actor, today),
        *coordinator_todos(actor, today),
    ]


def membership_todos(actor: Actor) -> list[sockets.Todo]:
    return [
        sockets.Todo(
            title=f"确认加入：{row.group.name}"
            if row.state == "invited"
            else f"答复加入申请：{row.organisation.display_name}",
            detail=row.group.name,
            url=row.group.get_absolute_url(),
            action="办理",
        )
        for row in memberships_to_answer(actor)[:SHOWN]
    ]


def contribution_todos(actor: Actor) -> list[sockets.Todo]:
    return [
        sockets.Todo(
            title=f"确认贡献：{row.title}",
            detail=f"{row.group.name}，{row.contributor.display_name}",
            url=reverse("alliances:contribution_detail", kwargs={"contribution_id": row.pk}),
            action="确认",
        )
        for row in contributions_to_decide(actor)[:SHOWN]
    ]


def target_todos(actor: Actor, today: datetime.date) -> list[sockets.Todo]:
    return [
        sockets.Todo(
            title=f"填报联合目标：{row.title}",
            detail=row.group.name,
            url=reverse("alliances:target_note", kwargs={"target_id": row.pk}),
            action="填报",
            due_at=midnight_after(row.due_on),
        )
        for row in targets_to_report(actor, today=today)[:SHOWN]
    ]


def filing_todos(actor: Actor, today: datetime.date) -> list[sockets.Todo]:
    return [
        sockets.Todo(
            title=f"报送 {duty.year} {duty.kind.label}",
            detail=duty.group.name,
            url=reverse("alliances:report_new", kwargs={"group_id": duty.group.pk})
            + f"?kind={duty.kind}&year={duty.year}",
            action="报送",
            due_at=duty.due_at,
            basis=duty.basis,
        )
        for duty in filings_owed(actor, today=today)[:SHOWN]
    ]


def council_todos(actor: Actor, today: datetime.date) -> list[sockets.Todo]:
    """One line for each council, by the first term that ends; an election renews it as a whole."""
    by_group: dict[int, list[CouncilPost]] = defaultdict(list)
    for row in councils_ending(actor, today=today):
        by_group[row.group_id].append(row)
    return [
        sockets.Todo(
            title=f"理事会换届：{rows[0].group.name}",
            detail=f"{len(rows)} 个职务届满或将届满",
            url=rows[0].group.get_absolute_url(),
            action="办理",
            due_at=midnight_after(rows[0].ends_on - datetime.timedelta(days=1)),
        )
        for rows in list(by_group.values())[:SHOWN]
    ]


def coordinator_todos(actor: Actor, today: datetime.date) -> list[sockets.Todo]:
    checks = [
        sockets.Todo(
            title=f"核对 {row}",
            detail=row.group.name,
            url=reverse("alliances:report_detail", kwargs={"report_id": row.pk}),
            action="核对",
        )
        for row in reports_to_check(actor)[:SHOWN]
    ]
    removals = [
        sockets.Todo(
            title=f"提出移出建议：{group.name}",
            detail=f"{years[0]}—{years[1]} 年连续未完成年度任务",
            url=reverse("alliances:removal_propose", kwargs={"group_id": group.pk}),
            action="办理",
            basis="教职成厅函〔2023〕23号",
        )
        for group, years in removals_to_propose(actor, today=today)[:SHOWN]
    ]
    return [*checks, *removals]


def figures(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    """For officials: how many groups run, how many filings and joint targets are late."""
    if not is_official(actor):
        return []
    today = timezone.localdate(now)
    running = groups_visible_to(actor).filter(state="running").order_by().count()
    late = len(late_filings(actor, today=today))
    overdue = overdue_targets(actor, today=today).order_by().count()
    return [
        sockets.Figure(
            label="运行中的集团联盟",
            value=str(running),
            unit="个",
            note=f"联合目标逾期 {overdue} 个，年度报送逾期 {late} 件",
            url=reverse("alliances:group_list") + "?state=running",
            source="集团联盟登记",
        )
    ]


def concerned(actor: Actor) -> bool:
    """Officials, those who may lead a group, and the members of one."""
    if is_official(actor) or may_register_group(actor):
        return True
    return may_read_groups(actor) and groups_visible_to(actor).exists()


def waiting(actor: Actor) -> WorkWaiting:
    return [memberships_to_answer(actor), contributions_to_decide(actor)]


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="集团联盟",
        url_name="alliances:group_list",
        icon="diagram-3",
        visible=concerned,
        count=waiting,
    ),
    order=12,
)
sockets.portal_links.plug(
    sockets.FrameLink(label="集团联盟", url_name="alliances:group_directory"), order=57
)
sockets.todos.plug(todos, order=34)
sockets.figures.plug(figures, order=60)
