"""Events for the tests, brought to a given step by the commands themselves."""

from __future__ import annotations

import datetime
from typing import Any

from silian.operations.exchange.choices import MeetingResult, Side
from silian.operations.exchange.commands.match_event_outcomes import note_meeting
from silian.operations.exchange.commands.match_event_planning import (
    announce_event,
    create_event,
    hold_event,
)
from silian.operations.exchange.commands.match_event_signups import sign_up
from silian.operations.exchange.commands.match_event_tables import build_tables, show_plan
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.match_event import EventMeeting, EventSignup, MatchEvent
from silian.operations.exchange.rules.match_event_planning import EventPlan
from tests.operations.exchange.negotiations.stage import NOW, make_listing
from tests.world import COUNTY, Person, World

DAY = datetime.timedelta(days=1)
STARTS = NOW + 20 * DAY


def make_plan(**values: Any) -> EventPlan:
    """An afternoon of nine rounds at ten tables, unless told otherwise."""
    facts: dict[str, Any] = {
        "title": "第 2 季度校企人才供需对接会",
        "theme": "recruitment",
        "rhythm": "quarter",
        "division": COUNTY,
        "venue": "市民中心 2 号厅",
        "introduction": "面向本市企业和院校，带供需来。",
        "starts_at": STARTS,
        "ends_at": STARTS + datetime.timedelta(hours=3),
        "signup_closes_at": STARTS - 2 * DAY,
        "capacity": 40,
        "tables": 10,
        "slot_minutes": 20,
    }
    return EventPlan(**{**facts, **values})


def drafted(world: World, *, by: Person | None = None, **values: Any) -> MatchEvent:
    actor = (by or world.coordinator).actor
    return create_event(plan=make_plan(**values), actor=actor, now=NOW)


def announced(world: World, *, by: Person | None = None, **values: Any) -> MatchEvent:
    event = drafted(world, by=by, **values)
    return announce_event(event_id=event.pk, actor=(by or world.coordinator).actor, now=NOW)


def make_offer(*, by: Person, **values: Any) -> Listing:
    """A published cohort of 30 graduates, unless told otherwise."""
    facts: dict[str, Any] = {
        "kind": "graduate_cohort",
        "side": Side.SUPPLY,
        "title": "数控技术 2026 届毕业生 30 人",
        "capacity": 30,
    }
    return make_listing(by=by, **{**facts, **values})


def signed_up(event: MatchEvent, *, by: Person, listings: list[Listing]) -> EventSignup:
    return sign_up(
        event_id=event.pk,
        attendees="张工、李老师",
        attendee_count=2,
        listing_ids=[listing.pk for listing in listings],
        actor=by.actor,
        now=NOW,
    )


def attended(world: World) -> MatchEvent:
    """The enterprise brings a need, the school an offer."""
    event = announced(world)
    signed_up(event, by=world.enterprise, listings=[make_listing(by=world.enterprise)])
    signed_up(event, by=world.school, listings=[make_offer(by=world.school)])
    return event


def tabled(world: World) -> EventMeeting:
    """The two sit at one table, and know it."""
    event = attended(world)
    build_tables(event_id=event.pk, actor=world.coordinator.actor)
    show_plan(event_id=event.pk, actor=world.coordinator.actor, now=NOW)
    return event.meetings.get()


def intended(world: World) -> EventMeeting:
    """They agreed at the table to go on."""
    meeting = tabled(world)
    return note_meeting(
        event_id=meeting.event_id,
        meeting_id=meeting.pk,
        result=MeetingResult.INTENT,
        notes="先接收 10 人，学校下周寄送名单。",
        actor=world.coordinator.actor,
        now=STARTS + datetime.timedelta(hours=1),
    )


def held(world: World) -> MatchEvent:
    meeting = intended(world)
    return hold_event(
        event_id=meeting.event_id,
        minutes="2 家单位洽谈 1 桌，达成 1 项意向。",
        actor=world.coordinator.actor,
        now=STARTS + datetime.timedelta(hours=4),
    )
