"""What financing shows in the menus, to-dos and figures of banks, owners and officials."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from silian.casework.publications.registry import Kind, register_kind
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.money import format_ten_thousand
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting
from silian.governance.incentives.choices.finance import RecommendationState
from silian.governance.incentives.commands.finance_deals import (
    ANSWER_WORKING_DAYS,
    DECISION_WORKING_DAYS,
)
from silian.governance.incentives.commands.investments import PITCH_WORKING_DAYS
from silian.governance.incentives.models import ProjectRecommendation
from silian.governance.incentives.permissions.finance import (
    DECIDERS,
    is_official,
    may_read_finance,
    within,
)
from silian.governance.incentives.queries.finance_deals import (
    answers_overdue,
    answers_to_give,
    funding,
    records_of_region,
    whole,
)
from silian.governance.incentives.queries.finance_editions import EDITION_KIND
from silian.governance.incentives.queries.funds import pitches_overdue, pitches_to_answer
from silian.governance.incentives.queries.needs import needs_to_consent

SECTION = "金融支持"
SHOWN = 20
ANSWER_BASIS = (
    f"平台约定：{ANSWER_WORKING_DAYS} 个工作日内答复，{DECISION_WORKING_DAYS} 个工作日内决定"
)
PITCH_BASIS = f"平台约定：{PITCH_WORKING_DAYS} 个工作日内答复"


def proposals(actor: Actor) -> QuerySet[ProjectRecommendation]:
    """Proposals of others that wait for a decision (待审定)."""
    if not (is_official(actor) and actor.has_role(*DECIDERS)):
        return ProjectRecommendation.objects.none()
    rows = ProjectRecommendation.objects.filter(
        within(actor, "division__code"), state=RecommendationState.PROPOSED
    ).exclude(proposed_by_id=actor.user_id)
    return rows.select_related("need__owner", "need__project").order_by("proposed_at")


def providing(actor: Actor) -> list[sockets.Todo]:
    """What a provider owes a word on."""
    answers = [
        sockets.Todo(
            title=f"{row.get_state_display()}：{row.need}",
            detail=row.need.owner.display_name,
            url=row.get_absolute_url(),
            action="答复",
            due_at=row.due_at,
            basis=ANSWER_BASIS,
        )
        for row in answers_to_give(actor)[:SHOWN]
    ]
    pitches = [
        sockets.Todo(
            title=f"答复投递：{row}",
            detail=f"{row.owner.display_name}，{row.fund}",
            url=row.get_absolute_url(),
            action="答复",
            due_at=row.due_at,
            basis=PITCH_BASIS,
        )
        for row in pitches_to_answer(actor)[:SHOWN]
    ]
    return [*answers, *pitches]


def owning(actor: Actor, *, on: datetime.date) -> list[sockets.Todo]:
    """Needs that were sent out and that nobody may see."""
    return [
        sockets.Todo(
            title=f"授权金融机构查看：{row.title}",
            detail="没有授权的需求，金融机构看不到",
            url=row.get_absolute_url(),
            action="授权",
        )
        for row in needs_to_consent(actor, on=on)[:SHOWN]
    ]


def overseeing(actor: Actor, *, now: datetime.datetime) -> list[sockets.Todo]:
    """Proposals to decide, and answers that providers and funds owe too long."""
    found = [
        sockets.Todo(
            title=f"审定推荐项目：{row.need.project}",
            detail=row.need.owner.display_name,
            url=row.get_absolute_url(),
            action="审定",
        )
        for row in proposals(actor)[:SHOWN]
    ]
    if not is_official(actor):
        return found
    late = answers_overdue(actor, now=now).count() + pitches_overdue(actor, now=now).count()
    if late:
        found.append(
            sockets.Todo(
                title=f"金融机构逾期未答复 {late} 项",
                detail="融资对接和基金投递，按平台约定的期限",
                url=f"{reverse('incentives:finance_deals')}?standing=overdue",
                action="查看",
            )
        )
    return found


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    if not (actor.organisation_id and may_read_finance(actor)):
        return []
    today = timezone.localdate(now)
    return [*providing(actor), *owning(actor, on=today), *overseeing(actor, now=now)]


def figures(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    """The money that reached projects of the region this year."""
    if not is_official(actor):
        return []
    year = timezone.localdate(now).year
    rows = funding(records_of_region(actor))
    sums = whole(rows, year=year)
    return [
        sockets.Figure(
            label="产教融合项目融资到位",
            value=format_ten_thousand(sums.amount) if sums.amount else "0",
            unit="万元",
            note=f"{year} 年 {sums.deals} 项对接",
            url=f"{reverse('incentives:finance_totals')}?year={year}",
            source="融资对接的发放记录",
        )
    ]


def deals_waiting(actor: Actor) -> WorkWaiting:
    return answers_to_give(actor)


def needs_waiting(actor: Actor) -> WorkWaiting:
    return needs_to_consent(actor, on=timezone.localdate())


LINES = (
    ("融资需求", "finance_needs", "cash-coin", needs_waiting),
    ("融资对接", "finance_deals", "arrow-left-right", deals_waiting),
    ("融资推荐名单", "recommendations", "card-checklist", proposals),
    ("金融产品", "finance_products", "bank", None),
    ("基金投递", "pitches", "graph-up-arrow", pitches_to_answer),
)
for place, (label, name, icon, count) in enumerate(LINES):
    sockets.navigation.plug(
        sockets.NavigationItem(
            section=SECTION,
            label=label,
            url_name=f"incentives:{name}",
            icon=icon,
            visible=may_read_finance,
            count=count,
        ),
        order=290 + place,
    )
sockets.todos.plug(todos, order=61)
sockets.figures.plug(figures, order=62)
sockets.foot_links.plug(
    sockets.FrameLink(label="金融产品目录", url_name="incentives:finance_products"), order=72
)
sockets.foot_links.plug(
    sockets.FrameLink(label="产业化基金", url_name="incentives:funds"), order=73
)
register_kind(
    Kind(
        code=EDITION_KIND,
        title="融资推荐名单",
        purpose="向金融机构推荐的产教融合项目，每一项由两人分别提出和审定",
        needs_approval=False,
    )
)
