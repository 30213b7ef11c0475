"""What came of a meeting, and the negotiation in which an intent goes on."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_calendar
from silian.operations.exchange.choices import EventState, MeetingResult
from silian.operations.exchange.commands.match_event_planning import locked_event
from silian.operations.exchange.commands.negotiation_opening import answer_listing
from silian.operations.exchange.errors import NegotiationAlreadyOpen
from silian.operations.exchange.events import MeetingIntended
from silian.operations.exchange.models.match_event import EventMeeting
from silian.operations.exchange.models.negotiation import Negotiation
from silian.operations.exchange.permissions.match_events import meetings_visible_to
from silian.operations.exchange.permissions.negotiations import require_writer, side_of
from silian.operations.exchange.rules.match_event_planning import INTENT_DAYS
from silian.operations.exchange.rules.negotiation_clocks import due_after

NOTED_STATES = (EventState.ANNOUNCED, EventState.CLOSED, EventState.HELD)


@transaction.atomic
def note_meeting(
    *,
    event_id: int,
    meeting_id: int,
    result: str,
    notes: str,
    actor: Actor,
    now: datetime.datetime,
) -> EventMeeting:
    """Write down what came of a meeting at its table (登记洽谈结果)."""
    event = locked_event(event_id=event_id, actor=actor)
    meeting = event.meetings.select_for_update(of=("self",)).get(pk=meeting_id)
    refuse_unnotable(meeting, result=result, notes=notes, now=now)
    intended = result == MeetingResult.INTENT
    due = due_after(timezone.localtime(now), days=INTENT_DAYS, calendar=site_calendar())
    meeting.result, meeting.notes = result, notes.strip()[:2000]
    meeting.noted_at, meeting.noted_by_id = now, actor.user_id
    meeting.due_at = due if intended else None
    meeting.save(update_fields=["result", "notes", "noted_at", "noted_by", "due_at"])
    record(actor, "exchange.match_event.meeting_noted", meeting, detail={"result": result})
    if intended:
        publish(MeetingIntended(meeting_id=meeting.pk))
    return meeting


def refuse_unnotable(
    meeting: EventMeeting, *, result: str, notes: str, now: datetime.datetime
) -> None:
    if result not in set(MeetingResult.values) - {MeetingResult.PLANNED}:
        raise DomainError("请选择洽谈结果。", field="result")
    if meeting.event.state not in NOTED_STATES:
        raise WrongState(f"当前为“{meeting.event.get_state_display()}”，不能再登记洽谈结果。")
    if now < meeting.event.starts_at:
        raise DomainError("活动还没有开始，开始后才能登记洽谈结果。")
    if meeting.negotiation_id is not None:
        raise WrongState("双方已转入洽谈，请在洽谈中继续。")
    if result == MeetingResult.INTENT and not notes.strip():
        raise DomainError("有意向的请写明内容：合作什么、数量、谁先做什么。", field="notes")


@transaction.atomic
def negotiate_meeting(*, meeting_id: int, actor: Actor, now: datetime.datetime) -> Negotiation:
    """Carry an intent on in a negotiation: one side answers the other's listing (转为洽谈).

    A negotiation of the two that is open already is taken for it.
    """
    meeting = (
        meetings_visible_to(actor)
        .select_related("event", "need", "offer", "need_signup", "offer_signup")
        .select_for_update(of=("self",))
        .get(pk=meeting_id)
    )
    sides = {meeting.need_signup.organisation_id, meeting.offer_signup.organisation_id}
    require_writer(actor, organisation_ids=sides)
    if meeting.negotiation_id is not None:
        return Negotiation.objects.get(pk=meeting.negotiation_id)
    if meeting.result != MeetingResult.INTENT:
        raise WrongState("主办单位登记“有意向”之后，才能从这一桌转为洽谈。")
    negotiation = opened_or_running(meeting, actor=actor, now=now)
    meeting.negotiation, meeting.due_at = negotiation, None
    meeting.save(update_fields=["negotiation", "due_at"])
    record(
        actor,
        "exchange.match_event.meeting_negotiated",
        meeting,
        detail={"negotiation": negotiation.pk},
    )
    return negotiation


def opened_or_running(
    meeting: EventMeeting, *, actor: Actor, now: datetime.datetime
) -> Negotiation:
    """A new negotiation on the other side's listing, or the open one of the two sides."""
    others = {meeting.need_id, meeting.offer_id}
    running = Negotiation.objects.of_side(organisation_id=side_of(actor)).open_to_both()
    found = running.filter(listing_id__in=others).filter(
        asker_id__in=participants(meeting), owner_id__in=participants(meeting)
    )
    if (first := found.order_by("pk").first()) is not None:
        return first
    place = f"“{meeting.event.title}”第 {meeting.slot} 轮第 {meeting.table} 桌"
    text = f"在{place}达成意向：{meeting.notes}"
    listing = meeting.listing_opposite(side_of(actor))
    try:
        return answer_listing(listing_id=listing.pk, text=text, actor=actor, now=now)
    except NegotiationAlreadyOpen as running_already:
        return Negotiation.objects.get(pk=running_already.negotiation_id)


def participants(meeting: EventMeeting) -> list[int]:
    return [meeting.need_signup.organisation_id, meeting.offer_signup.organisation_id]
