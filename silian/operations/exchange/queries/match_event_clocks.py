"""Which events wait for a step: by the clock, or by their organiser."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.site_calendar import site_calendar
from silian.operations.exchange.choices import EventRhythm, EventState, EventTheme
from silian.operations.exchange.models.match_event import MatchEvent
from silian.operations.exchange.permissions.match_events import match_events_run_by
from silian.operations.exchange.queries.match_event_effect import HELD_STATES
from silian.operations.exchange.queries.match_events import COMING_STATES
from silian.operations.exchange.rules.match_event_planning import MINUTES_DAYS
from silian.operations.exchange.rules.match_event_regularity import period_name, period_of
from silian.operations.exchange.rules.negotiation_clocks import due_after

PLANNED_AHEAD = datetime.timedelta(days=45)  # what it takes to invite, sign up and plan tables


def signup_over_ids(*, now: datetime.datetime) -> list[int]:
    """Announced events whose sign-up time is over."""
    rows = MatchEvent.objects.filter(state=EventState.ANNOUNCED, signup_closes_at__lte=now)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def near_ids(*, now: datetime.datetime, before: datetime.timedelta) -> list[int]:
    """Events that begin within ``before`` and of which nobody was reminded yet."""
    rows = MatchEvent.objects.filter(
        state__in=COMING_STATES,
        reminded_at__isnull=True,
        starts_at__gt=now,
        starts_at__lte=now + before,
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def to_register(
    actor: Actor, *, now: datetime.datetime
) -> list[tuple[MatchEvent, datetime.datetime]]:
    """One's own events that are over and not registered as held, with the clock (待登记举办)."""
    rows = match_events_run_by(actor).filter(state__in=COMING_STATES, ends_at__lte=now)
    events = list(rows.order_by("ends_at"))
    calendar = site_calendar() if events else None
    return [
        (event, due_after(timezone.localtime(event.ends_at), days=MINUTES_DAYS, calendar=calendar))
        for event in events
        if calendar is not None
    ]


@dataclass(frozen=True, kw_only=True)
class MissingEvent:
    """An undertaking that nothing is planned for in the running period (待筹备)."""

    theme: str
    period: str
    ends: datetime.date


def to_plan(actor: Actor, *, today: datetime.date) -> list[MissingEvent]:
    """The themes that one's organisation undertook and has not planned for this period."""
    rows = match_events_run_by(actor).exclude(state=EventState.CANCELLED)
    facts = list(rows.values_list("theme", "rhythm", "state", "starts_at").order_by("starts_at"))
    undertaken: dict[str, str] = {
        theme: rhythm for theme, rhythm, state, _ in facts if state in HELD_STATES
    }
    missing = []
    for theme, rhythm in undertaken.items():
        if rhythm == EventRhythm.ONCE:
            continue
        starts, ends = period_of(today, rhythm=rhythm)
        days = [timezone.localdate(at) for kind, _, _, at in facts if kind == theme]
        if not any(starts <= day < ends for day in days) and ends - today <= PLANNED_AHEAD:
            name = period_name(starts, rhythm=rhythm)
            label = str(EventTheme(theme).label)
            missing.append(MissingEvent(theme=label, period=name, ends=ends))
    return missing
