"""What events come to: from sign-ups to deals, and whether they are held regularly."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.operations.exchange.choices import (
    EventRhythm,
    EventState,
    EventTheme,
    MeetingResult,
    NegotiationState,
)
from silian.operations.exchange.models.match_event import EventMeeting, EventSignup, MatchEvent
from silian.operations.exchange.permissions.match_events import may_organise
from silian.operations.exchange.permissions.negotiations import is_supervisor, side_of
from silian.operations.exchange.rules.match_event_regularity import (
    MONTHS_OF,
    RegularPeriod,
    regular_periods,
)

HELD_STATES = (EventState.HELD, EventState.FOLLOWED_UP)
SHOWN_PERIODS = {"month": 12, "quarter": 8, "half_year": 4}  # what fits a row at 1440 px


@dataclass(frozen=True, kw_only=True)
class EventFigures:
    """How far the participants of one event or of many came (转化)."""

    signups: int = 0
    present: int = 0
    meetings: int = 0
    intents: int = 0
    negotiations: int = 0
    deals: int = 0

    def __add__(self, other: EventFigures) -> EventFigures:
        names = EventFigures.__dataclass_fields__
        return EventFigures(**{n: getattr(self, n) + getattr(other, n) for n in names})

    @property
    def steps(self) -> list[tuple[str, str, int]]:
        return [
            ("报名单位", "家", self.signups),
            ("到场单位", "家", self.present),
            ("已洽谈", "桌", self.meetings),
            ("有意向", "桌", self.intents),
            ("转入洽谈", "件", self.negotiations),
            ("已成交", "件", self.deals),
        ]


def events_counted_for(actor: Actor) -> QuerySet[MatchEvent]:
    """For officials the events of the region, for organisers their own; without drafts."""
    counted = Q(pk__in=[])
    if is_supervisor(actor):
        counted |= Q(division__code__startswith=subtree_prefix(actor.jurisdiction))
    if may_organise(actor):
        counted |= Q(organiser_id=side_of(actor))
    return MatchEvent.objects.filter(counted).exclude(state=EventState.DRAFT)


def figures_by_event(events: Iterable[MatchEvent]) -> dict[int, EventFigures]:
    """The figures of each event in two queries."""
    keys = [event.pk for event in events]
    signups = (
        EventSignup.objects.filter(event_id__in=keys, withdrawn_at__isnull=True)
        .values("event_id")
        .annotate(signups=Count("pk"), present=Count("checked_in_at"))
    )
    meetings = (
        EventMeeting.objects.filter(event_id__in=keys)
        .values("event_id")
        .annotate(
            meetings=Count(
                "pk", filter=Q(result__in=[MeetingResult.INTENT, MeetingResult.NO_INTENT])
            ),
            intents=Count("pk", filter=Q(result=MeetingResult.INTENT)),
            negotiations=Count("negotiation", distinct=True),
            deals=Count(
                "negotiation",
                filter=Q(negotiation__state=NegotiationState.AGREED),
                distinct=True,
            ),
        )
    )
    found: dict[int, dict[str, int]] = {key: {} for key in keys}
    rows: list[Any] = [*signups, *meetings]
    for row in rows:
        found[row["event_id"]] |= {name: row[name] for name in row if name != "event_id"}
    return {key: EventFigures(**values) for key, values in found.items()}


def figures_of(event: MatchEvent) -> EventFigures:
    return figures_by_event([event])[event.pk]


@dataclass(frozen=True, kw_only=True)
class Regularity:
    """Whether one series of events was held in each period (常态化检查)."""

    label: str
    note: str = ""
    periods: Sequence[RegularPeriod] = field(default_factory=tuple)

    @property
    def gaps(self) -> list[str]:
        return [period.name for period in self.periods if period.is_gap]


def first_shown(*, rhythm: str, today: datetime.date) -> datetime.date:
    """The first day of the earliest period that is shown."""
    months = MONTHS_OF[rhythm] * (SHOWN_PERIODS[rhythm] - 1)
    number = today.year * 12 + today.month - 1 - months
    return datetime.date(number // 12, number % 12 + 1, 1)


def held_rows(events: QuerySet[MatchEvent]) -> list[MatchEvent]:
    rows = events.filter(state__in=HELD_STATES).select_related("organiser")
    return list(rows.order_by("starts_at"))


def theme_regularity(
    *, events: Sequence[MatchEvent], rhythm: str, today: datetime.date
) -> list[Regularity]:
    """Each theme, period by period."""
    since = first_shown(rhythm=rhythm, today=today)
    return [
        Regularity(
            label=str(theme.label),
            periods=regular_periods(
                held_on=days_of(event for event in events if event.theme == theme),
                rhythm=rhythm,
                since=since,
                today=today,
            ),
        )
        for theme in EventTheme
    ]


def undertaking_regularity(
    *, events: Sequence[MatchEvent], today: datetime.date
) -> list[Regularity]:
    """Each organiser's own undertaking, from its first event of the theme on."""
    series: dict[tuple[str, str, str], list[MatchEvent]] = {}
    for event in events:
        if event.rhythm != EventRhythm.ONCE:
            key = (event.organiser.display_name, event.theme, event.rhythm)
            series.setdefault(key, []).append(event)
    return [
        Regularity(
            label=f"{organiser} · {EventTheme(theme).label}",
            note=str(EventRhythm(rhythm).label),
            periods=regular_periods(
                held_on=days_of(held),
                rhythm=rhythm,
                since=max(
                    timezone.localdate(held[0].starts_at),
                    first_shown(rhythm=rhythm, today=today),
                ),
                today=today,
            ),
        )
        for (organiser, theme, rhythm), held in sorted(series.items())
    ]


def days_of(events: Iterable[MatchEvent]) -> list[datetime.date]:
    return [timezone.localdate(event.starts_at) for event in events]
