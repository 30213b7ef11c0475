"""The module in the side menu and on to-do lists."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.registers.organisations.choices import Role
from silian.registers.programmes.permissions.classes import is_of_school
from silian.registers.programmes.permissions.programmes import (
    is_enterprise_staff,
    is_official,
    is_school_staff,
)
from silian.registers.programmes.queries.participation import waiting_confirmations
from silian.registers.programmes.queries.plans import answers_waiting, approvals_waiting
from silian.registers.programmes.queries.standards import reviews_waiting

SHOWN = 10


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """What waits for the school, the enterprise or the authority (待办)."""
    found: list[sockets.Todo] = []
    if is_enterprise_staff(actor):
        found += enterprise_todos(actor)
    if is_school_staff(actor) and actor.has_role(Role.MANAGER):
        found += school_todos(actor)
    found += review_todos(actor)
    return found


def enterprise_todos(actor: Actor) -> list[sockets.Todo]:
    """Plans to answer, records to confirm."""
    mine = actor.organisation_id or 0
    answers = [
        sockets.Todo(
            title=f"答复人才培养方案：{author.plan.programme.name}",
            detail=author.plan.programme.school.display_name,
            url=reverse("programmes:plan_answer", args=[author.plan_id]),
            action="答复",
        )
        for author in answers_waiting(enterprise_id=mine)[:SHOWN]
    ]
    confirmations = [
        sockets.Todo(
            title=f"确认参与记录：{row.get_stage_display()}",
            detail=f"{row.programme.school.display_name} {row.programme.name}",
            url=reverse("programmes:participation_detail", args=[row.pk]),
            action="确认",
        )
        for row in waiting_confirmations(enterprise_id=mine)[:SHOWN]
    ]
    return answers + confirmations


def school_todos(actor: Actor) -> list[sockets.Todo]:
    """Plans that everybody agreed to."""
    return [
        sockets.Todo(
            title=f"审定人才培养方案：{plan.programme.name}",
            detail=f"第 {plan.version} 版，适用 {plan.cohorts}",
            url=plan.get_absolute_url(),
            action="审定",
        )
        for plan in approvals_waiting(actor)[:SHOWN]
    ]


def review_todos(actor: Actor) -> list[sockets.Todo]:
    """Versions of standards that wait for the authority."""
    return [
        sockets.Todo(
            title=f"评审标准：{version}",
            detail=version.standard.keeper.display_name,
            url=reverse("programmes:version_review", args=[version.pk]),
            action="评审",
        )
        for version in reviews_waiting(actor)[:SHOWN]
    ]


def sees_programmes(actor: Actor) -> bool:
    return is_of_school(actor) or is_official(actor)


sockets.navigation.plug(
    sockets.NavigationItem(
        section="教学",
        label="专业与方案",
        url_name="programmes:programme_list",
        icon="mortarboard",
        visible=sees_programmes,
    ),
    order=360,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section="教学",
        label="班级与学生",
        url_name="programmes:class_list",
        icon="people",
        visible=sees_programmes,
    ),
    order=361,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section="教学",
        label="参与教学记录",
        url_name="programmes:participation_list",
        icon="building-check",
        visible=is_enterprise_staff,
        count=lambda actor: waiting_confirmations(enterprise_id=actor.organisation_id or 0),
    ),
    order=362,
)
sockets.todos.plug(todos, order=60)
sockets.navigation.plug(
    sockets.NavigationItem(
        section="教学",
        label="产业链对接",
        url_name="programmes:chain_list",
        icon="diagram-3",
        visible=lambda actor: is_school_staff(actor) or is_official(actor),
    ),
    order=363,
)
