"""Build the table plan, change it by hand, and show it to those who take part."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.operations.exchange.choices import MeetingResult
from silian.operations.exchange.commands.match_event_planning import OPEN_STATES, locked_event
from silian.operations.exchange.events import MatchEventPlanned
from silian.operations.exchange.models.match_event import EventMeeting, MatchEvent
from silian.operations.exchange.queries.match_event_plan import (
    brought_to,
    seats_of,
    signup_names,
)
from silian.operations.exchange.rules.match_event_tables import (
    Brought,
    Pair,
    Seat,
    pair_of,
    plan_tables,
    reason_seat_unfit,
)


def planning_event(*, event_id: int, actor: Actor) -> MatchEvent:
    """The event, locked, while its tables may still be moved."""
    event = locked_event(event_id=event_id, actor=actor)
    if event.state not in OPEN_STATES:
        raise WrongState(f"当前为“{event.get_state_display()}”，不能再排桌。")
    return event


@transaction.atomic
def build_tables(*, event_id: int, actor: Actor) -> list[EventMeeting]:
    """Plan the tables anew out of the open listings; what was set by hand stays (自动排桌)."""
    event = planning_event(event_id=event_id, actor=actor)
    event.meetings.filter(by_hand=False, result=MeetingResult.PLANNED).delete()
    seats = plan_tables(
        brought=brought_to(event),
        slots=event.slot_count,
        tables=event.tables,
        fixed=seats_of(event.meetings.all()),
    )
    made = EventMeeting.objects.bulk_create([meeting_at(event, seat) for seat in seats])
    record(actor, "exchange.match_event.tables_built", event, detail={"meetings": len(made)})
    return made


def meeting_at(event: MatchEvent, seat: Seat, *, by_hand: bool = False) -> EventMeeting:
    pair = seat.pair
    if pair is None:
        raise ValueError("a planned seat has a pair")
    return EventMeeting(
        event=event,
        slot=seat.slot,
        table=seat.table,
        need_id=pair.need.listing,
        offer_id=pair.offer.listing,
        need_signup_id=pair.need.signup,
        offer_signup_id=pair.offer.signup,
        facts=[[fact.text, fact.met] for fact in pair.facts],
        by_hand=by_hand,
    )


@transaction.atomic
def clear_tables(*, event_id: int, actor: Actor) -> MatchEvent:
    """Take all meetings off the plan that have no result yet (清空排桌)."""
    event = planning_event(event_id=event_id, actor=actor)
    event.meetings.filter(result=MeetingResult.PLANNED).delete()
    record(actor, "exchange.match_event.tables_cleared", event)
    return event


@transaction.atomic
def place_meeting(
    *, event_id: int, need_id: int, offer_id: int, slot: int, table: int, actor: Actor
) -> EventMeeting:
    """Put a need and an offer together by hand (手动安排)."""
    event = planning_event(event_id=event_id, actor=actor)
    pair = pair_by_hand(brought=brought_to(event), need_id=need_id, offer_id=offer_id)
    others = seats_of(event.meetings.all())
    if any(seat.signups == pair.signups for seat in others):
        raise DomainError("这两家单位已安排在一起，可以改动原来的轮次和桌号。", field="offer")
    seat = Seat(slot=slot, table=table, signups=pair.signups, pair=pair)
    refuse_unfit(event, seat=seat, others=others)
    meeting = meeting_at(event, seat, by_hand=True)
    meeting.save()
    record(actor, "exchange.match_event.meeting_placed", meeting)
    return meeting


def pair_by_hand(*, brought: list[Brought], need_id: int, offer_id: int) -> Pair:
    """The pair of these two listings; people may see a reason that the rule does not."""
    by_listing = {item.listing: item for item in brought}
    need, offer = by_listing.get(need_id), by_listing.get(offer_id)
    if need is None or not need.is_need:
        raise DomainError("请选择一条由报名单位带来的需求。", field="need")
    if offer is None or offer.is_need:
        raise DomainError("请选择一条由报名单位带来的供给。", field="offer")
    if need.signup == offer.signup:
        raise DomainError("需求和供给来自同一家单位，不用安排洽谈。", field="offer")
    return pair_of(need=need, offer=offer) or Pair(need=need, offer=offer, facts=())


def refuse_unfit(event: MatchEvent, *, seat: Seat, others: list[Seat]) -> None:
    sentence = reason_seat_unfit(
        seat=seat,
        seats=others,
        slots=event.slot_count,
        tables=event.tables,
        names=signup_names(event),
    )
    if sentence:
        raise DomainError(sentence, field="slot")


@transaction.atomic
def move_meeting(
    *, event_id: int, meeting_id: int, slot: int, table: int, actor: Actor
) -> EventMeeting:
    """Give a meeting another slot or table; it then stays where it is (调整桌次)."""
    event = planning_event(event_id=event_id, actor=actor)
    meeting = event.meetings.select_for_update(of=("self",)).get(pk=meeting_id)
    signups = frozenset({meeting.need_signup_id, meeting.offer_signup_id})
    others = seats_of(event.meetings.exclude(pk=meeting.pk))
    refuse_unfit(event, seat=Seat(slot=slot, table=table, signups=signups), others=others)
    meeting.slot, meeting.table, meeting.by_hand = slot, table, True
    meeting.save(update_fields=["slot", "table", "by_hand"])
    record(actor, "exchange.match_event.meeting_moved", meeting)
    return meeting


@transaction.atomic
def remove_meeting(*, event_id: int, meeting_id: int, actor: Actor) -> None:
    """Take a meeting off the plan (取消桌次)."""
    event = planning_event(event_id=event_id, actor=actor)
    meeting = event.meetings.select_for_update(of=("self",)).get(pk=meeting_id)
    if meeting.result != MeetingResult.PLANNED:
        raise WrongState("这一桌已登记结果，不能取消。")
    record(actor, "exchange.match_event.meeting_removed", meeting)
    meeting.delete()


@transaction.atomic
def show_plan(*, event_id: int, actor: Actor, now: datetime.datetime) -> MatchEvent:
    """Show each participant its own tables, and tell them (公布排桌)."""
    event = planning_event(event_id=event_id, actor=actor)
    if not event.meetings.exists():
        raise DomainError("还没有排桌，请先自动排桌或手动安排。")
    event.plan_shown_at, event.version = now, event.version + 1
    event.save(update_fields=["plan_shown_at", "version"])
    record(actor, "exchange.match_event.plan_shown", event)
    publish(MatchEventPlanned(match_event_id=event.pk, version=event.version))
    return event
