"""What competitions, promotions and awards show in the frame and on the workbench."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.clocks import end_of
from silian.operations.learning.choices import AwardListState, CompetitionState
from silian.operations.learning.panels.fund import SECTION, SHOWN
from silian.operations.learning.permissions.skills import (
    may_see_promotions,
    organises,
    reads_promotions,
)
from silian.operations.learning.queries.awards import lists_to_work_on, objections_to_answer
from silian.operations.learning.queries.competitions import (
    competitions_to_enter,
    competitions_to_work_on,
)
from silian.operations.learning.queries.promotions import (
    promotions_refused,
    promotions_to_check,
)
from silian.registers.organisations.choices import OrganisationKind

LIST_STEPS = {
    AwardListState.DRAFT: ("核对并公示名单", "公示"),
    AwardListState.NOTICED: ("公示期满，请批准名单", "批准"),
    AwardListState.APPROVED: ("安排支付", "安排支付"),
}
COMPETITION_STEPS = {
    CompetitionState.DRAFT: ("核对并发布竞赛", "发布"),
    CompetitionState.OPEN: ("登记比赛结束", "登记"),
    CompetitionState.HELD: ("登记并公布成绩", "登记成绩"),
}


def office_todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Entries to verify, lists to show, approve and pay."""
    check = [
        sockets.Todo(
            title=f"核验技能等级提升：{row.person.name}",
            detail=f"{row.employer.display_name}，{row.get_after_display()}",
            url=row.get_absolute_url(),
            action="核验",
        )
        for row in promotions_to_check(actor)[:SHOWN]
    ]
    lists = []
    for row in lists_to_work_on(actor, on=timezone.localdate(now))[:SHOWN]:
        words, action = LIST_STEPS[AwardListState(row.state)]
        lists.append(
            sockets.Todo(
                title=f"{words}：{row.title}",
                detail=f"{row.starts_on} 至 {row.ends_on}",
                url=row.get_absolute_url(),
                action=action,
            )
        )
    return [*check, *lists]


def organiser_todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Own competitions that wait for a step, and objections to answer."""
    found = []
    for row in competitions_to_work_on(actor, on=timezone.localdate(now))[:SHOWN]:
        words, action = COMPETITION_STEPS[CompetitionState(row.state)]
        found.append(
            sockets.Todo(
                title=f"{words}：{row.title}",
                detail=f"比赛 {row.starts_on} 至 {row.ends_on}",
                url=row.get_absolute_url(),
                action=action,
            )
        )
    asked = [
        sockets.Todo(
            title=f"答复异议：{row.about}",
            detail=row.text[:80],
            url=reverse("learning:objection_answer", args=[row.pk]),
            action="答复",
        )
        for row in objections_to_answer(actor)[:SHOWN]
    ]
    return [*found, *asked]


def enterprise_todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Competitions that close soon, and entries that were refused."""
    enter = [
        sockets.Todo(
            title=f"可报名：{row.title}",
            detail=f"{row.organiser.display_name}主办",
            url=row.get_absolute_url(),
            action="报名",
            due_at=end_of(row.closes_on),
        )
        for row in competitions_to_enter(actor, on=timezone.localdate(now))[:SHOWN]
    ]
    refused = [
        sockets.Todo(
            title=f"更正技能等级提升：{row.person.name}",
            detail=row.check_note,
            url=row.get_absolute_url(),
            action="更正",
        )
        for row in promotions_refused(actor)[:SHOWN]
    ]
    return [*enter, *refused]


def is_worker(actor: Actor) -> bool:
    """Whether somebody may have skills of their own here: people of firms and schools."""
    own = (OrganisationKind.ENTERPRISE, OrganisationKind.SCHOOL)
    return actor.is_authenticated and (actor.organisation_kind or "") in own


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="技能竞赛",
        url_name="learning:competition_list",
        icon="trophy",
        visible=organises,
        count=lambda actor: competitions_to_work_on(actor, on=timezone.localdate()),
    ),
    order=73,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="技能等级提升",
        url_name="learning:promotion_list",
        icon="patch-check",
        visible=may_see_promotions,
        count=promotions_to_check,
    ),
    order=74,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="奖补名单",
        url_name="learning:award_list_list",
        icon="cash-coin",
        visible=reads_promotions,
        count=lambda actor: lists_to_work_on(actor, on=timezone.localdate()),
    ),
    order=75,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="我的技能",
        url_name="learning:my_skills",
        icon="person-badge",
        visible=is_worker,
    ),
    order=76,
)
sockets.todos.plug(office_todos, order=64)
sockets.todos.plug(organiser_todos, order=64)
sockets.todos.plug(enterprise_todos, order=64)
sockets.foot_links.plug(
    sockets.FrameLink(label="技能竞赛日历", url_name="learning:competition_calendar"), order=64
)
sockets.foot_links.plug(
    sockets.FrameLink(label="技能奖补公示", url_name="learning:public_award_lists"), order=64
)
