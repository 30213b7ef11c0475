"""What pages of bodies, meetings and problems read."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.audit_labels import action_label
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.ui.components import Entry
from silian.operations.alliances.choices import (
    OPEN_ESCALATIONS,
    EscalationState,
    MeetingState,
    Reply,
)
from silian.operations.alliances.models.bodies import CoordinatingBody, Post, Seat
from silian.operations.alliances.models.decisions import Decision
from silian.operations.alliances.models.escalations import Escalation
from silian.operations.alliances.models.meetings import Attendance, Meeting
from silian.operations.alliances.permissions.coordination import (
    attendances_of_unit,
    bodies_visible_to,
    escalations_visible_to,
    may_run_coordination,
    meetings_visible_to,
)
from silian.operations.alliances.rules.meetings import Standing, standing
from silian.registers.policies.models import PolicyBody, PolicyDocument

HELD_STATES = (MeetingState.HELD, MeetingState.MINUTED)


@dataclass(frozen=True, kw_only=True)
class BodyCard:
    """A body on the list: its size, its last and next meeting, and how it keeps its rhythm."""

    body: CoordinatingBody
    standing: Standing
    last: Meeting | None
    coming: Meeting | None


def body_cards(actor: Actor, *, today: datetime.date) -> list[BodyCard]:
    """The bodies within reach, those in force first (协调机构)."""
    posts = Count("posts", filter=Q(posts__ends_on__isnull=True), distinct=True)
    waiting = Count(
        "escalations", filter=Q(escalations__state__in=sorted(OPEN_ESCALATIONS)), distinct=True
    )
    meetings = Prefetch("meetings", meetings_visible_to(actor).order_by("held_at"), "seen")
    rows = (
        bodies_visible_to(actor)
        .select_related("division", "seat", "parent")
        .annotate(post_count=posts, waiting_count=waiting)
        .prefetch_related(meetings)
        .order_by("ended_on", "division__code", "pk")
    )
    return [card_of(body, today=today) for body in rows]


def card_of(body: CoordinatingBody, *, today: datetime.date) -> BodyCard:
    seen: list[Meeting] = body.seen  # type: ignore[attr-defined]
    held = [meeting for meeting in seen if meeting.state in HELD_STATES]
    coming = [meeting for meeting in seen if meeting.state == MeetingState.CONVENED]
    days = [timezone.localdate(meeting.held_at) for meeting in held]
    return BodyCard(
        body=body,
        standing=standing(rhythm=body.rhythm, held=days, today=today),
        last=held[-1] if held else None,
        coming=coming[0] if coming else None,
    )


def roster(body: CoordinatingBody, *, on: datetime.date) -> list[Post]:
    """The posts in force, each with its seats, newest holder first (成员名单)."""
    seats = Prefetch("seats", Seat.objects.order_by("-starts_on", "-pk"))
    rows = body.posts.all().in_force(on=on)  # type: ignore[attr-defined]
    found = rows.select_related("organisation", "body").prefetch_related(seats).order_by("order")
    posts: list[Post] = list(found)
    for post in posts:
        current = [seat for seat in post.seats.all() if seat.ends_on is None]
        post.holder = current[0] if current else None  # type: ignore[attr-defined]
    return posts


def meetings_for_list(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """With body, and numbers of items and decisions."""
    return rows.select_related("body__division").annotate(
        item_count=Count("agenda", distinct=True), decision_count=Count("decisions", distinct=True)
    )


def attendance_of(meeting: Meeting) -> list[Attendance]:
    rows = meeting.attendances.select_related("post__organisation", "post__body")
    seats = Prefetch("post__seats", Seat.objects.filter(ends_on__isnull=True))
    return list(rows.prefetch_related(seats).order_by("post__order", "pk"))


def own_places(actor: Actor, meeting: Meeting) -> list[Attendance]:
    """The places of the actor's unit at the meeting."""
    rows = attendances_of_unit(actor).filter(meeting=meeting)
    return list(rows.select_related("post"))


def decisions_for_list(rows: QuerySet[Decision]) -> QuerySet[Decision]:
    return rows.select_related("meeting__body", "lead", "item").prefetch_related("cooperating")


def escalations_for_list(rows: QuerySet[Escalation]) -> QuerySet[Escalation]:
    return rows.select_related(
        "body", "raised_by", "item__meeting", "decision__meeting", "raised_by_user"
    )


def history(subject: Meeting | CoordinatingBody | Escalation) -> list[Entry]:
    return [
        Entry(
            at=entry.happened_at,
            what=action_label(entry.action),
            who=f"{entry.organisation_name} {entry.actor_name}".strip(),
            note=entry.reason,
        )
        for entry in history_of(subject)
    ]


def responsible_bodies(division: str) -> QuerySet[PolicyBody]:
    """The bodies that may be made responsible in a region (责任单位)."""
    prefix = subtree_prefix(division)
    rows = PolicyBody.objects.filter(division__code__startswith=prefix, ended_on__isnull=True)
    return rows.filter(is_generic=False).order_by("division__code", "pk")


def documents_with_roster(division: str) -> QuerySet[PolicyDocument]:
    """Issued documents of the region whose annex names members."""
    prefix = subtree_prefix(division)
    rows = PolicyDocument.objects.public().filter(division__code__startswith=prefix)
    return rows.exclude(parsed__roster=[]).filter(parsed__has_key="roster")


@dataclass(frozen=True, kw_only=True)
class EscalationFigures:
    """How problems brought before bodies fare (协调时效)."""

    open_count: int
    late_count: int
    ended_count: int
    average_days: float | None


def escalation_figures(actor: Actor, *, now: datetime.datetime) -> EscalationFigures:
    rows = list(
        escalations_visible_to(actor).values_list("state", "raised_at", "due_at", "ended_at")
    )
    days = [(ended - raised).days for _, raised, _, ended in rows if ended]
    late = sum(state == EscalationState.RAISED and due < now for state, _, due, _ in rows)
    return EscalationFigures(
        open_count=sum(state in OPEN_ESCALATIONS for state, *_ in rows),
        late_count=late,
        ended_count=len(days),
        average_days=sum(days) / len(days) if days else None,
    )


def replies_waiting(actor: Actor, *, now: datetime.datetime) -> QuerySet[Attendance]:
    """Places of one's unit at coming meetings that nobody has answered for."""
    rows = attendances_of_unit(actor).filter(
        meeting__state=MeetingState.CONVENED, meeting__held_at__gte=now, reply=Reply.WAITING
    )
    return rows.select_related("meeting__body", "post").order_by("meeting__held_at", "pk")


def meetings_to_finish(actor: Actor, *, now: datetime.datetime) -> QuerySet[Meeting]:
    """Meetings past their time that wait for their record or their minutes (待登记、待签发)."""
    if not may_run_coordination(actor):
        return Meeting.objects.none()
    unheld = Q(state=MeetingState.CONVENED, held_at__lt=now)
    rows = meetings_visible_to(actor).filter(unheld | Q(state=MeetingState.HELD))
    return rows.select_related("body").order_by("held_at", "pk")


def escalations_to_arrange(actor: Actor) -> QuerySet[Escalation]:
    """Problems that wait for a place on an agenda."""
    if not may_run_coordination(actor):
        return Escalation.objects.none()
    rows = escalations_visible_to(actor).filter(state=EscalationState.RAISED)
    return rows.select_related("raised_by", "body").order_by("due_at", "pk")
