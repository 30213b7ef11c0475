"""Rounds in the menu and among the things to do."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.operations.placements.permissions.internships import is_host_clerk
from silian.operations.placements.permissions.rounds import (
    may_run_rounds,
    rounds_visible_to,
    watches_rounds,
)
from silian.operations.placements.queries.round_todos import (
    objections_to_answer,
    posts_to_rank,
    rounds_to_decide,
    rounds_to_wish,
)
from silian.registers.organisations.choices import OrganisationKind, Role

SECTION = "实习"
SHOWN = 10


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Wishes to hand in, posts to score, rounds to solve or publish, objections to answer."""
    if not actor.is_authenticated:
        return []
    found = wish_todos(actor, now)
    if is_host_clerk(actor):
        found += ranking_todos(actor, now)
    if may_run_rounds(actor):
        found += school_todos(actor, now)
    return found


def wish_todos(actor: Actor, now: datetime.datetime) -> list[sockets.Todo]:
    return [
        sockets.Todo(
            title=f"填报志愿：{seat.round.title}",
            detail=f"最多 {seat.round.most_wishes} 个，截止前可以改",
            url=reverse("placements:round_wishes", args=[seat.round_id]),
            action="填志愿",
            due_at=seat.round.wishes_close_at,
        )
        for seat in rounds_to_wish(actor, now=now)
    ]


def ranking_todos(actor: Actor, now: datetime.datetime) -> list[sockets.Todo]:
    return [
        sockets.Todo(
            title=f"给报名学生评分：{post.post.title}",
            detail=post.round.school.name,
            url=reverse("placements:round_ranking", args=[post.pk]),
            action="评分",
            due_at=post.round.ranking_closes_at,
        )
        for post in posts_to_rank(actor, now=now)[:SHOWN]
    ]


def school_todos(actor: Actor, now: datetime.datetime) -> list[sockets.Todo]:
    decide = [
        sockets.Todo(
            title=f"{'计算' if item.state == 'ranking' else '核对并公布'}：{item.title}",
            detail="单位评分已截止" if item.state == "ranking" else "已试算",
            url=reverse("placements:round", args=[item.pk]),
            action="去办理",
        )
        for item in rounds_to_decide(actor, now=now)
    ]
    answers = [
        sockets.Todo(
            title=f"答复分配异议：{item.result.run.round.title}",
            detail="学生对分配结果提出异议",
            url=reverse("placements:round_objection", args=[item.pk]),
            action="答复",
            due_at=item.due_at,
            basis="平台承诺：收到异议 5 个工作日内答复",
        )
        for item in objections_to_answer(actor)[:SHOWN]
    ]
    return [*decide, *answers]


def has_rounds(actor: Actor) -> bool:
    """Schools always; students, hosts when a round concerns them."""
    if watches_rounds(actor):
        return True
    is_student = actor.organisation_kind == OrganisationKind.SCHOOL and actor.has_role(Role.STUDENT)
    if not (is_student or is_host_clerk(actor)):
        return False
    return rounds_visible_to(actor).exists()


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="志愿安排",
        url_name="placements:rounds",
        icon="list-ol",
        visible=has_rounds,
    ),
    order=313,
)
sockets.todos.plug(todos, order=32)
