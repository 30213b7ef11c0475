"""Plan, announce, change, hold, follow up and cancel an event."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.operations.exchange.choices import EventState, MeetingResult
from silian.operations.exchange.events import (
    MatchEventAnnounced,
    MatchEventCancelled,
    MatchEventChanged,
    MatchEventNear,
)
from silian.operations.exchange.models.match_event import MatchEvent
from silian.operations.exchange.permissions.match_events import (
    match_events_visible_to,
    require_organiser,
    require_runner,
)
from silian.operations.exchange.permissions.negotiations import side_of
from silian.operations.exchange.rules.match_event_planning import EventPlan, fault_of
from silian.operations.exchange.workflow.match_event import match_event as steps

TOLD_FIELDS = ("venue", "starts_at", "ends_at")
PLANNABLE = (EventState.DRAFT, EventState.ANNOUNCED)


def locked_event(*, event_id: int, actor: Actor) -> MatchEvent:
    """The event, locked, when the actor runs it."""
    rows = MatchEvent.objects if actor.is_system else match_events_visible_to(actor)
    event = rows.select_for_update(of=("self",)).get(pk=event_id)
    if not actor.is_system:
        require_runner(actor, event)
    return event


@transaction.atomic
def create_event(*, plan: EventPlan, actor: Actor, now: datetime.datetime) -> MatchEvent:
    """Start the draft of an event of one's own organisation (筹备活动)."""
    require_organiser(actor)
    refuse_unfit(plan, now=now)
    event = MatchEvent.objects.create(
        organiser_id=side_of(actor), created_by_id=actor.user_id, **columns_of(plan)
    )
    record(actor, "exchange.match_event.created", event)
    return event


@transaction.atomic
def change_event(
    *, event_id: int, plan: EventPlan, actor: Actor, now: datetime.datetime
) -> MatchEvent:
    """Change an event; those who signed up are told of a new time or place (修改活动)."""
    event = locked_event(event_id=event_id, actor=actor)
    if event.state not in PLANNABLE:
        raise WrongState(f"当前为“{event.get_state_display()}”，不能再修改安排。")
    refuse_unfit(plan, now=now)
    refuse_fewer_places(event, plan)
    values = columns_of(plan)
    told = any(getattr(event, name) != values[name] for name in TOLD_FIELDS)
    for name, value in values.items():
        setattr(event, name, value)
    event.version += 1
    if told:
        event.reminded_at = None
    event.save(update_fields=[*values, "version", "reminded_at"])
    record(actor, "exchange.match_event.changed", event)
    if told and event.state == EventState.ANNOUNCED:
        publish(MatchEventChanged(match_event_id=event.pk, version=event.version))
    return event


def refuse_unfit(plan: EventPlan, *, now: datetime.datetime) -> None:
    fault = fault_of(plan, now=now)
    if fault:
        raise DomainError(fault.text, field=fault.field)


def refuse_fewer_places(event: MatchEvent, plan: EventPlan) -> None:
    """Places and tables already given away stay."""
    signed_up = event.signups.filter(withdrawn_at__isnull=True).count()
    if plan.capacity < signed_up:
        raise DomainError(f"已有 {signed_up} 家报名，可报名单位数不能更少。", field="capacity")
    if event.meetings.exists() and (
        plan.tables < event.tables
        or plan.slot_minutes != event.slot_minutes
        or plan.starts_at != event.starts_at
        or plan.ends_at < event.ends_at
    ):
        raise DomainError("已经排桌，改动时间、桌数或每轮时长前请先清空排桌。", field="tables")


def columns_of(plan: EventPlan) -> dict[str, object]:
    values = {**asdict(plan), "division_id": plan.division}
    values.pop("division")
    return values


@transaction.atomic
def announce_event(*, event_id: int, actor: Actor, now: datetime.datetime) -> MatchEvent:
    """Put the event on the public calendar and open the sign-up (发布活动)."""
    event = locked_event(event_id=event_id, actor=actor)
    event.state = steps.target(
        "announce",
        state=EventState(event.state),
        now=now,
        signup_closes_at=event.signup_closes_at,
    )
    event.announced_at = now
    event.save(update_fields=["state", "announced_at"])
    record(actor, "exchange.match_event.announced", event)
    publish(MatchEventAnnounced(match_event_id=event.pk))
    return event


@transaction.atomic
def close_signup(*, event_id: int, actor: Actor) -> MatchEvent:
    """Take no more sign-ups, by hand or when the time has come (截止报名)."""
    event = locked_event(event_id=event_id, actor=actor)
    if actor.is_system and event.state != EventState.ANNOUNCED:
        return event
    event.state = steps.target("close", state=EventState(event.state))
    event.save(update_fields=["state"])
    record(actor, "exchange.match_event.signup_closed", event)
    return event


@transaction.atomic
def hold_event(*, event_id: int, minutes: str, actor: Actor, now: datetime.datetime) -> MatchEvent:
    """Say that the event was held, with its minutes (登记举办和纪要)."""
    event = locked_event(event_id=event_id, actor=actor)
    if not minutes.strip():
        raise DomainError("请写明活动纪要：到场情况、主要成果和下一步。", field="minutes")
    event.state = steps.target(
        "hold",
        state=EventState(event.state),
        now=now,
        starts_at=timezone.localtime(event.starts_at),
    )
    event.minutes, event.held_at = minutes.strip()[:5000], now
    event.save(update_fields=["state", "minutes", "held_at"])
    record(actor, "exchange.match_event.held", event)
    return event


@transaction.atomic
def follow_up_event(
    *, event_id: int, summary: str, actor: Actor, now: datetime.datetime
) -> MatchEvent:
    """Close the follow-up once every intent is in a negotiation or explained (办结跟进)."""
    event = locked_event(event_id=event_id, actor=actor)
    if not summary.strip():
        raise DomainError("请写明跟进小结：意向落实到哪一步，没有落实的原因。", field="summary")
    event.state = steps.target("follow_up", state=EventState(event.state))
    planned = event.meetings.filter(result=MeetingResult.PLANNED).count()
    if planned:
        raise DomainError(f"还有 {planned} 桌没有登记洽谈结果，登记后再办结。")
    event.follow_up, event.followed_up_at = summary.strip()[:3000], now
    event.save(update_fields=["state", "follow_up", "followed_up_at"])
    record(actor, "exchange.match_event.followed_up", event)
    return event


@transaction.atomic
def cancel_event(*, event_id: int, reason: str, actor: Actor, now: datetime.datetime) -> MatchEvent:
    """Call the event off; everybody who signed up is told why (取消活动)."""
    event = locked_event(event_id=event_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明取消理由，报名单位会看到。", field="reason")
    event.state = steps.target("cancel", state=EventState(event.state))
    event.reason, event.cancelled_at = reason.strip()[:300], now
    event.save(update_fields=["state", "reason", "cancelled_at"])
    record(actor, "exchange.match_event.cancelled", event, reason=reason)
    publish(MatchEventCancelled(match_event_id=event.pk))
    return event


@transaction.atomic
def remind_participants(*, event_id: int, actor: Actor, now: datetime.datetime) -> None:
    """Tell everybody who signed up that the event is near, once (活动提醒)."""
    event = locked_event(event_id=event_id, actor=actor)
    if event.reminded_at is not None or event.state not in OPEN_STATES:
        return
    event.reminded_at = now
    event.save(update_fields=["reminded_at"])
    publish(MatchEventNear(match_event_id=event.pk))


OPEN_STATES: Sequence[str] = (EventState.ANNOUNCED, EventState.CLOSED)
