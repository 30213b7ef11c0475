"""Plan, call, hold and cancel meetings; keep the agenda; answer for one's unit; sign minutes."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.operations.alliances.choices.coordination import (
    CHANGEABLE_STATES,
    DecisionState,
    MeetingState,
    Reply,
)
from silian.operations.alliances.commands.bodies import locked_body
from silian.operations.alliances.events.coordination import (
    DecisionMade,
    MeetingCancelled,
    MeetingConvened,
)
from silian.operations.alliances.models.bodies import Post
from silian.operations.alliances.models.meetings import AgendaItem, Attendance, Meeting
from silian.operations.alliances.permissions.coordination import (
    attendances_of_unit,
    meetings_visible_to,
    require_runner,
)
from silian.operations.alliances.rules.meetings import next_number
from silian.operations.alliances.workflow.decision import decision as decision_steps
from silian.operations.alliances.workflow.meeting import meeting as steps

TOLD_FIELDS = ("held_at", "place")


@dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """What is typed about a meeting (会议安排)."""

    kind: str
    title: str
    held_at: datetime.datetime
    place: str


def locked_meeting(*, meeting_id: int, actor: Actor) -> Meeting:
    """The meeting, locked, when the actor runs its body."""
    rows = meetings_visible_to(actor).select_related("body")
    meeting = rows.select_for_update(of=("self",)).get(pk=meeting_id)
    require_runner(actor, division=meeting.body.division_id)
    return meeting


def refuse_settled(meeting: Meeting) -> None:
    if meeting.state not in CHANGEABLE_STATES:
        raise WrongState(f"会议当前为“{meeting.get_state_display()}”，不能再改安排和议题。")


@transaction.atomic
def plan_meeting(*, body_id: int, facts: MeetingFacts, actor: Actor) -> Meeting:
    """Start the draft of a meeting (筹备会议)."""
    body = locked_body(body_id=body_id, actor=actor)
    if body.ended_on is not None:
        raise DomainError("机构已撤销，不能再开会。请选现行的机构。")
    year = timezone.localtime(facts.held_at).year
    meeting = Meeting.objects.create(
        body=body,
        number=next_number(year=year, numbers=body.meetings.values_list("number", flat=True)),
        created_by_id=actor.user_id,
        **asdict(facts),
    )
    record(actor, "alliances.meeting.planned", meeting)
    return meeting


@transaction.atomic
def change_meeting(*, meeting_id: int, facts: MeetingFacts, actor: Actor) -> Meeting:
    """Change a meeting; members already called are told of a new time or place (修改会议)."""
    meeting = locked_meeting(meeting_id=meeting_id, actor=actor)
    refuse_settled(meeting)
    values = asdict(facts)
    told = any(getattr(meeting, name) != values[name] for name in TOLD_FIELDS)
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(values))
    record(actor, "alliances.meeting.changed", meeting)
    if told and meeting.state == MeetingState.CONVENED:
        publish(MeetingConvened(meeting_id=meeting.pk, changed=True))
    return meeting


@transaction.atomic
def set_agenda(
    *, meeting_id: int, items: Sequence[tuple[str, int | None]], actor: Actor
) -> Meeting:
    """Write the whole agenda anew: titles with the units that present them (议题).

    Items whose title stays keep their row, so that problems on the agenda stay joined.
    """
    meeting = locked_meeting(meeting_id=meeting_id, actor=actor)
    refuse_settled(meeting)
    kept = {item.title: item for item in meeting.agenda.all()}
    wanted = {title.strip(): presenter for title, presenter in items if title.strip()}
    meeting.agenda.exclude(title__in=wanted).delete()
    for order, (title, presenter) in enumerate(wanted.items(), start=1):
        item = kept.get(title) or AgendaItem(meeting=meeting, title=title[:200])
        item.order, item.presenter_id = order, presenter
        item.save()
    record(actor, "alliances.agenda.changed", meeting, detail={"items": len(wanted)})
    return meeting


@transaction.atomic
def convene_meeting(*, meeting_id: int, actor: Actor, now: datetime.datetime) -> Meeting:
    """Call the members: every post in force gets a place and its unit a notice (发会议通知)."""
    meeting = locked_meeting(meeting_id=meeting_id, actor=actor)
    meeting.state = steps.target(
        "convene",
        state=MeetingState(meeting.state),
        now=now,
        held_at=timezone.localtime(meeting.held_at),
        agenda=meeting.agenda.count(),
    )
    meeting.save(update_fields=["state"])
    day = timezone.localdate(meeting.held_at)
    posts = Post.objects.filter(body=meeting.body).in_force(on=day)
    Attendance.objects.bulk_create(
        [Attendance(meeting=meeting, post=post) for post in posts], ignore_conflicts=True
    )
    record(actor, "alliances.meeting.convened", meeting)
    publish(MeetingConvened(meeting_id=meeting.pk, changed=False))
    return meeting


@transaction.atomic
def reply_to_meeting(
    *, attendance_id: int, reply: Reply, delegate: str, reason: str, actor: Actor
) -> Attendance:
    """Say for one's unit whether its member comes (回复参会)."""
    rows = attendances_of_unit(actor).select_related("meeting__body")
    place = rows.select_for_update(of=("self",)).get(pk=attendance_id)
    if place.meeting.state != MeetingState.CONVENED:
        raise WrongState(
            f"会议当前为“{place.meeting.get_state_display()}”，不再收回执。请联系会议承办单位。"
        )
    if reply == Reply.SENDS and not delegate.strip():
        raise DomainError("委托参加请写明受托人的姓名和职务。", field="delegate")
    if reply == Reply.ABSENT and not reason.strip():
        raise DomainError("请假请写明原因。", field="reason")
    place.reply = reply
    place.delegate = delegate.strip()[:60] if reply == Reply.SENDS else ""
    place.reason = reason.strip()[:200] if reply == Reply.ABSENT else ""
    place.save(update_fields=["reply", "delegate", "reason"])
    record(actor, "alliances.attendance.replied", place)
    return place


@transaction.atomic
def hold_meeting(
    *,
    meeting_id: int,
    came: Collection[int],
    minutes: str,
    actor: Actor,
    now: datetime.datetime,
) -> Meeting:
    """Say that the meeting was held, who came, and keep the draft of its minutes (登记召开)."""
    meeting = locked_meeting(meeting_id=meeting_id, actor=actor)
    if meeting.state != MeetingState.HELD:  # the minutes of a held one may still be corrected
        meeting.state = steps.target(
            "hold",
            state=MeetingState(meeting.state),
            now=now,
            held_at=timezone.localtime(meeting.held_at),
        )
    meeting.minutes = minutes.strip()[:8000]
    meeting.save(update_fields=["state", "minutes"])
    for place in meeting.attendances.all():
        place.came = place.pk in came
        place.save(update_fields=["came"])
    record(actor, "alliances.meeting.held", meeting)
    return meeting


@transaction.atomic
def sign_minutes(
    *, meeting_id: int, signed_by: str, signed_on: datetime.date, actor: Actor
) -> Meeting:
    """Sign the minutes; every decision drafted in them stands from now on (签发纪要)."""
    meeting = locked_meeting(meeting_id=meeting_id, actor=actor)
    meeting.state = steps.target(
        "sign",
        state=MeetingState(meeting.state),
        minutes=meeting.minutes,
        signed_by=signed_by,
    )
    if signed_on < timezone.localdate(meeting.held_at):
        raise DomainError("签发日不能早于会议日期。", field="signed_on")
    meeting.signed_by, meeting.signed_on = signed_by.strip()[:40], signed_on
    meeting.save(update_fields=["state", "signed_by", "signed_on"])
    for decision in meeting.decisions.filter(state=DecisionState.DRAFT):
        decision.state = decision_steps.target("make", state=DecisionState(decision.state))
        decision.save(update_fields=["state"])
        record(actor, "alliances.decision.made", decision)
        publish(DecisionMade(decision_id=decision.pk))
    record(actor, "alliances.meeting.signed", meeting)
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting_id: int, reason: str, actor: Actor) -> Meeting:
    """Call the meeting off; members already called are told why (取消会议)."""
    meeting = locked_meeting(meeting_id=meeting_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明取消理由，参会单位会看到。", field="reason")
    was_known = meeting.state == MeetingState.CONVENED
    meeting.state = steps.target("cancel", state=MeetingState(meeting.state))
    meeting.reason = reason.strip()[:300]
    meeting.save(update_fields=["state", "reason"])
    record(actor, "alliances.meeting.cancelled", meeting, reason=meeting.reason)
    if was_known:
        publish(MeetingCancelled(meeting_id=meeting.pk))
    return meeting
