"""What pages of meetings and decisions read."""

from __future__ import annotations

import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.ui.components import Entry
from silian.foundation.ui.histories import entry_of
from silian.operations.alliances.choices.coordination import (
    MeetingState,
    Reply,
)
from silian.operations.alliances.models.bodies import CoordinatingBody, Seat
from silian.operations.alliances.models.decisions import Decision
from silian.operations.alliances.models.escalations import Escalation
from silian.operations.alliances.models.meetings import Attendance, Meeting
from silian.operations.alliances.permissions.coordination import (
    attendances_of_unit,
    may_run_coordination,
    meetings_visible_to,
)


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


def history(subject: Meeting | CoordinatingBody | Escalation) -> list[Entry]:
    return [
        entry_of(act, who=f"{act.organisation_name} {act.actor_name}".strip())
        for act in history_of(subject)
    ]
