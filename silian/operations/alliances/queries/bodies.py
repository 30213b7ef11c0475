"""What pages of bodies read: cards, rosters, who may be made responsible."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.operations.alliances.choices.coordination import (
    OPEN_ESCALATIONS,
    MeetingState,
)
from silian.operations.alliances.models.bodies import CoordinatingBody, Post, Seat
from silian.operations.alliances.models.meetings import Meeting
from silian.operations.alliances.permissions.coordination import (
    bodies_visible_to,
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
