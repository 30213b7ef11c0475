"""Events on the calendar: what comes, what was, who takes part."""

from __future__ import annotations

import datetime
from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui.components import Entry
from silian.operations.exchange.choices import EventState, ListingState, MeetingResult
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.match_event import EventMeeting, EventSignup, MatchEvent
from silian.operations.exchange.permissions.listings import own_listings
from silian.operations.exchange.permissions.match_events import (
    meetings_visible_to,
    signups_visible_to,
)
from silian.operations.exchange.permissions.negotiations import side_of

SHOWN_COMING = 6
COMING_STATES = (EventState.ANNOUNCED, EventState.CLOSED)


def events_for_list(rows: QuerySet[MatchEvent]) -> QuerySet[MatchEvent]:
    """With what a list shows: organiser, region, number of organisations."""
    taking_part = Count("signups", filter=Q(signups__withdrawn_at__isnull=True))
    return rows.select_related("organiser", "division").annotate(signup_count=taking_part)


def coming_events(*, now: datetime.datetime) -> list[MatchEvent]:
    """The announced events that are still to come, nearest first (近期要办)."""
    rows = MatchEvent.objects.filter(state__in=COMING_STATES, ends_at__gte=now)
    return list(events_for_list(rows).order_by("starts_at", "pk")[:SHOWN_COMING])


@dataclass(frozen=True, kw_only=True)
class CalendarDay:
    """One day of the month's sheet and the events that begin on it."""

    date: datetime.date
    inside: bool
    today: bool
    events: list[MatchEvent]


@dataclass(frozen=True, kw_only=True)
class CalendarMonth:
    """A month in whole weeks from Monday, with the ways to its neighbours (月历)."""

    first: datetime.date
    weeks: list[list[CalendarDay]]

    @property
    def name(self) -> str:
        return f"{self.first.year}年{self.first.month}月"

    @property
    def previous(self) -> str:
        return f"{self.first - datetime.timedelta(days=1):%Y-%m}"

    @property
    def following(self) -> str:
        return f"{self.first + datetime.timedelta(days=32):%Y-%m}"


def month_of(*, rows: QuerySet[MatchEvent], first: datetime.date) -> CalendarMonth:
    """The month that begins on ``first``, with the events of its weeks."""
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    since = midnight(weeks[0][0])
    until = midnight(weeks[-1][-1] + datetime.timedelta(days=1))
    by_day: dict[datetime.date, list[MatchEvent]] = defaultdict(list)
    for event in rows.filter(starts_at__gte=since, starts_at__lt=until).order_by("starts_at"):
        by_day[timezone.localdate(event.starts_at)].append(event)
    today = timezone.localdate()
    return CalendarMonth(
        first=first,
        weeks=[
            [
                CalendarDay(
                    date=day,
                    inside=day.month == first.month,
                    today=day == today,
                    events=by_day.get(day, []),
                )
                for day in week
            ]
            for week in weeks
        ],
    )


def midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def own_signup(*, event: MatchEvent, actor: Actor) -> EventSignup | None:
    """The sign-up of the actor's organisation that has not been withdrawn."""
    rows = signups_visible_to(actor).filter(
        event=event, organisation_id=side_of(actor), withdrawn_at__isnull=True
    )
    return rows.prefetch_related("listings").first()


def bringable(actor: Actor) -> QuerySet[Listing]:
    """The published listings that the actor's organisation may bring."""
    rows = own_listings(actor).filter(state=ListingState.PUBLISHED)
    return rows.order_by("-published_at")


def participants_of(event: MatchEvent) -> list[EventSignup]:
    """Everybody who takes part with what they bring, in two queries (参加单位)."""
    brought = Listing.objects.only("pk", "title", "kind", "side", "state")
    rows = event.signups.filter(withdrawn_at__isnull=True).select_related("organisation")
    rows = rows.prefetch_related(Prefetch("listings", queryset=brought.order_by("side", "pk")))
    return list(rows.order_by("signed_up_at", "pk"))


def own_events(actor: Actor) -> QuerySet[EventSignup]:
    """The sign-ups of the actor's organisation, newest event first (我报名的活动)."""
    rows = signups_visible_to(actor).filter(
        organisation_id=side_of(actor), withdrawn_at__isnull=True
    )
    return rows.select_related("event__organiser", "event__division").order_by(
        "-event__starts_at", "pk"
    )


def meetings_for_plan(rows: QuerySet[EventMeeting]) -> QuerySet[EventMeeting]:
    """With everything that a plan shows, slot by slot."""
    return rows.select_related(
        "event",
        "need",
        "offer",
        "need_signup__organisation",
        "offer_signup__organisation",
        "negotiation",
    ).order_by("slot", "table")


@dataclass(frozen=True, kw_only=True)
class PlanSlot:
    """One slot of the plan: when it begins, and who sits where."""

    number: int
    starts_at: datetime.datetime
    meetings: list[EventMeeting]


def plan_of(*, event: MatchEvent, meetings: Iterable[EventMeeting]) -> list[PlanSlot]:
    """The meetings by slot; slots without any are left out."""
    by_slot: dict[int, list[EventMeeting]] = defaultdict(list)
    for meeting in meetings:
        by_slot[meeting.slot].append(meeting)
    return [
        PlanSlot(number=slot, starts_at=event.slot_starts(slot), meetings=by_slot[slot])
        for slot in sorted(by_slot)
    ]


def own_meetings(*, event: MatchEvent, actor: Actor) -> list[EventMeeting]:
    """The tables of the actor's organisation at the event, once they are shown."""
    own = Q(need_signup__organisation_id=side_of(actor)) | Q(
        offer_signup__organisation_id=side_of(actor)
    )
    rows = meetings_visible_to(actor).filter(own, event=event, event__plan_shown_at__isnull=False)
    return list(meetings_for_plan(rows))


def intents_to_follow(actor: Actor) -> QuerySet[EventMeeting]:
    """Intents of the actor's organisation that are in no negotiation yet (待转洽谈)."""
    rows = meetings_visible_to(actor).filter(
        Q(need_signup__organisation_id=side_of(actor))
        | Q(offer_signup__organisation_id=side_of(actor)),
        result=MeetingResult.INTENT,
        negotiation__isnull=True,
    )
    return meetings_for_plan(rows).order_by("due_at", "pk")


def event_history(event: MatchEvent) -> list[Entry]:
    """What happened to the event, newest first (经过)."""
    moments = [
        (event.announced_at, "发布活动", "info", ""),
        (event.plan_shown_at, "公布排桌", "info", ""),
        (event.held_at, "登记举办和纪要", "ok", ""),
        (event.followed_up_at, "办结跟进", "ok", ""),
        (event.cancelled_at, "取消活动", "late", event.reason),
    ]
    entries = [
        Entry(at=at, what=what, tone=tone, note=note)  # type: ignore[arg-type]
        for at, what, tone, note in moments
        if at
    ]
    return sorted(entries, key=lambda entry: entry.when, reverse=True)
