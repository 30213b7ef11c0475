"""Tells member units of meetings, and units of what became of their problems."""

from __future__ import annotations

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.operations.alliances.events.coordination import (
    EscalationAnswered,
    EscalationRaised,
    MeetingCancelled,
    MeetingConvened,
)
from silian.operations.alliances.models.escalations import Escalation
from silian.operations.alliances.models.meetings import Meeting
from silian.operations.alliances.permissions.coordination import UNIT_ROLES
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import Role
from silian.registers.organisations.queries.members import official_ids, user_ids_with_role


def tell_members(meeting: Meeting, *, title: str, detail: str, key: str) -> None:
    units = meeting.attendances.filter(post__organisation__isnull=False)
    for unit in units.values_list("post__organisation_id", flat=True).order_by().distinct():
        notify(
            user_ids=user_ids_with_role(
                organisation_id=unit, roles=sorted(UNIT_ROLES), on=timezone.localdate()
            ),
            kind=NotificationKind.TASK,
            title=title,
            detail=detail,
            url=meeting.get_absolute_url(),
            organisation_id=unit,
            key=f"meeting-{meeting.pk}-{key}-{unit}",
        )


@subscribe(MeetingConvened)
def tell_of_meeting(event: MeetingConvened) -> None:
    meeting = Meeting.objects.get(pk=event.meeting_id)
    held_at = timezone.localtime(meeting.held_at)
    verb = "会议有变" if event.changed else "会议通知"
    tell_members(
        meeting,
        title=f"{verb}：{meeting.title}",
        detail=f"{held_at:%Y-%m-%d %H:%M}，{meeting.place}。请提交回执。",
        key=f"called-{held_at:%Y%m%d%H%M}-{meeting.place[:20]}",
    )


@subscribe(MeetingCancelled)
def tell_of_cancelled(event: MeetingCancelled) -> None:
    meeting = Meeting.objects.get(pk=event.meeting_id)
    tell_members(meeting, title=f"会议取消：{meeting.title}", detail=meeting.reason, key="off")


@subscribe(EscalationRaised)
def tell_of_problem(event: EscalationRaised) -> None:
    row = Escalation.objects.select_related("raised_by", "body").get(pk=event.escalation_id)
    notify(
        user_ids=official_ids(
            division=row.body.division_id, roles=[Role.COORDINATOR], on=timezone.localdate()
        ),
        kind=NotificationKind.TASK,
        title=f"{row.raised_by.display_name}提请协调：{row.title}",
        detail=row.body.name,
        url=row.get_absolute_url(),
        key=f"escalation-{row.pk}-raised",
    )


@subscribe(EscalationAnswered)
def tell_of_answer(event: EscalationAnswered) -> None:
    row = Escalation.objects.get(pk=event.escalation_id)
    notify(
        user_ids=[row.raised_by_user_id],
        kind=NotificationKind.TASK,
        title=f"{row.get_state_display()}：{row.title}",
        detail=row.answer,
        url=row.get_absolute_url(),
        organisation_id=row.raised_by_id,
        key=f"escalation-{row.pk}-{row.state}",
    )
