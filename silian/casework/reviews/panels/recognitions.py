"""Recognitions in the frame, on to-do lists, and on the pages of organisations."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import timezone

from silian.casework.reviews.choices.recognitions import RemovalState
from silian.casework.reviews.permissions.recognitions import (
    HOLDER_READERS,
    keeps_any,
    recognitions_held_by,
    recognitions_visible_to,
)
from silian.casework.reviews.queries.bans import bans_of
from silian.casework.reviews.queries.catalogue import catalogue_rows, counts_by
from silian.casework.reviews.queries.duties import (
    duties_for_list,
    duties_to_check,
    duties_to_do,
    overdue_duties,
)
from silian.casework.reviews.queries.rechecks import rechecks_to_confirm
from silian.casework.reviews.queries.recognitions import (
    cures_over,
    cures_to_do,
    ending_soon,
    removals_to_answer,
    removals_waiting,
    warnings_suggested,
)
from silian.casework.reviews.queries.standing import standings_of
from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.clocks import end_of
from silian.foundation.ui.counting import WorkWaiting
from silian.registers.organisations.choices import JURISDICTION_ROLES
from silian.registers.organisations.models import Organisation

SECTION = "评审认定"
SHOWN = 6
SOURCE = "认定台账"


def reads_register(actor: Actor) -> bool:
    """Officials always; others while they hold something."""
    if keeps_any(actor) or (actor.jurisdiction and actor.has_role(*JURISDICTION_ROLES)):
        return True
    return actor.is_authenticated and recognitions_visible_to(actor).exists()


def has_duties(actor: Actor) -> bool:
    return keeps_any(actor) or (actor.is_authenticated and recognitions_held_by(actor).exists())


def waiting_duties(actor: Actor) -> WorkWaiting:
    return [duties_to_do(actor), duties_to_check(actor)]


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """What waits for the actor: of its own statuses, and of those that its department keeps."""
    if not actor.is_authenticated or actor.is_system:
        return []
    today = timezone.localdate(now)
    held = holder_todos(actor, on=today) if actor.has_role(*HOLDER_READERS) else []
    kept = keeper_todos(actor, on=today) if keeps_any(actor) else []
    return [*held, *kept]


def holder_todos(actor: Actor, *, on: datetime.date) -> Iterator[sockets.Todo]:
    for removal in removals_to_answer(actor, on=on)[:SHOWN]:
        yield sockets.Todo(
            title=f"陈述意见：拟取消{removal.recognition.scheme.title}认定",
            detail=removal.recognition.subject_name,
            url=removal.get_absolute_url(),
            action="陈述",
            due_at=end_of(removal.reply_by),
            basis="认定方案规定的陈述期限",
        )
    for act in cures_to_do(actor)[:SHOWN]:
        yield sockets.Todo(
            title=f"整改：{act.recognition.scheme.title}",
            detail=act.cure[:60],
            url=act.recognition.get_absolute_url(),
            action="查看",
            due_at=end_of(act.cure_by),
            basis="警示中的整改期限",
        )
    for duty in duties_to_do(actor)[:SHOWN]:
        yield sockets.Todo(
            title=f"提交：{duty.title}",
            detail=duty.recognition.scheme.title,
            url=duty.get_absolute_url(),
            action="提交",
            due_at=end_of(duty.due_on),
            basis="认定方案规定的义务事项",
        )


def keeper_todos(actor: Actor, *, on: datetime.date) -> Iterator[sockets.Todo]:
    yield from removal_todos(actor, on=on)
    yield from warning_todos(actor, on=on)
    yield from checking_todos(actor)
    for row in ending_soon(actor, on=on)[:SHOWN]:
        yield sockets.Todo(
            title=f"延续或到期：{row.subject_name}",
            detail=row.number,
            url=row.get_absolute_url(),
            action="办理",
            due_at=end_of(row.valid_until),
            basis="证书有效期",
        )


def removal_todos(actor: Actor, *, on: datetime.date) -> Iterator[sockets.Todo]:
    for removal in removals_waiting(actor, on=on)[:SHOWN]:
        is_new = removal.state == RemovalState.SUGGESTED
        yield sockets.Todo(
            title=f"{'核实' if is_new else '决定'}：{removal.recognition.subject_name}取消认定",
            detail=removal.facts[:60],
            url=removal.get_absolute_url(),
            action="办理",
        )


def warning_todos(actor: Actor, *, on: datetime.date) -> Iterator[sockets.Todo]:
    for row in warnings_suggested(actor)[:SHOWN]:
        yield sockets.Todo(
            title=f"建议警示：{row.subject_name}",
            detail="有义务事项未完成",
            url=row.get_absolute_url(),
            action="办理",
        )
    for act in cures_over(actor, on=on)[:SHOWN]:
        yield sockets.Todo(
            title=f"整改到期，请核查：{act.recognition.subject_name}",
            detail=act.cure[:60],
            url=act.recognition.get_absolute_url(),
            action="核查",
            due_at=end_of(act.cure_by),
        )


def checking_todos(actor: Actor) -> Iterator[sockets.Todo]:
    for duty in duties_to_check(actor)[:SHOWN]:
        yield sockets.Todo(
            title=f"审查：{duty.title}",
            detail=duty.recognition.subject_name,
            url=duty.get_absolute_url(),
            action="审查",
            due_at=end_of(duty.due_on),
            basis="义务事项期限",
        )
    for recheck in rechecks_to_confirm(actor)[:SHOWN]:
        yield sockets.Todo(
            title=f"确认 {recheck.year} 年复核：{recheck.recognition.subject_name}",
            detail=f"{len(recheck.lines)} 项与认定时不同",
            url=recheck.get_absolute_url(),
            action="确认",
            due_at=end_of(recheck.duty.due_on) if recheck.duty else None,
        )


def figures(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    """Late duties on the workbench of those who keep recognitions."""
    if not keeps_any(actor):
        return []
    late = overdue_duties(duties_for_list(actor), on=timezone.localdate(now)).count()
    return [
        sockets.Figure(
            label="逾期义务事项",
            value=str(late),
            unit="项",
            note="规划、报告和自评",
            url=reverse("reviews:duty_list") + "?late=1",
            source="义务事项登记",
        )
    ]


def public_figures(now: datetime.datetime) -> Sequence[sockets.Figure]:
    """How many stand in the catalogue today."""
    counts = counts_by(catalogue_rows(on=timezone.localdate(now)), "state")
    if not counts:
        return []
    return [
        sockets.Figure(
            label="在册认定",
            value=str(counts.get("certified", 0)),
            unit="个",
            note=f"另有建设培育 {counts.get('incubating', 0)} 个",
            url=reverse("reviews:catalogue"),
            source=SOURCE,
        )
    ]


def organisation_panel(actor: Actor, organisation: Organisation) -> sockets.Panel | None:
    """The statuses of an organisation on its card; bans and benefits for itself and officials."""
    today = timezone.localdate()
    is_own = actor.organisation_id == organisation.pk
    is_inside = is_own or actor.covers(organisation.division_id)
    standings = [
        row
        for row in standings_of(organisation_id=organisation.pk, on=today)
        if is_own or row.recognition.dossier.person_id is None
    ]
    bans = bans_of(organisation_id=organisation.pk, on=today) if is_inside else []
    if not standings and not bans:
        return None
    context = {
        "standings": standings,
        "bans": bans,
        "shows_benefits": True,
        "name": organisation.name,
    }
    return sockets.Panel(template="reviews/_organisation_recognitions.html", context=context)


sockets.panels["organisation.detail"].plug(organisation_panel, order=30)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="认定台账",
        url_name="reviews:recognition_list",
        icon="patch-check",
        visible=reads_register,
    ),
    order=365,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="义务事项",
        url_name="reviews:duty_list",
        icon="calendar-check",
        visible=has_duties,
        count=waiting_duties,
    ),
    order=366,
)
sockets.portal_links.plug(
    sockets.FrameLink(label="认证目录", url_name="reviews:catalogue"), order=60
)
sockets.todos.plug(todos, order=28)
sockets.figures.plug(figures, order=60)
sockets.public_figures.plug(public_figures, order=60)
