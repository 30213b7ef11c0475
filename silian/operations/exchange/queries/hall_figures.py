"""Numbers of the hall for the first pages of the portal and the workbench."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q

from silian.foundation.kernel.actors import Actor
from silian.operations.exchange.choices import ListingState, UnmetDemandState, Visibility
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.match_event import MatchEvent
from silian.operations.exchange.models.response import ResponseRecord
from silian.operations.exchange.models.unmet_demand import UnmetDemand
from silian.operations.exchange.permissions.listings import own_listings
from silian.operations.exchange.queries.match_events import coming_events

RECENT_DAYS = 30
YEAR_DAYS = 365


@dataclass(frozen=True, kw_only=True)
class PublicCounts:
    """What everybody may know about the exchange today."""

    published: int
    recent: int
    open_demands: int
    events: int
    coming: int


def public_counts(*, now: datetime.datetime) -> PublicCounts:
    """Counts over what visitors may see (公开数字)."""
    since = now - datetime.timedelta(days=RECENT_DAYS)
    listings = Listing.objects.published().filter(visibility=Visibility.PUBLIC)
    counted = listings.aggregate(
        published=Count("pk"), recent=Count("pk", filter=Q(first_published_at__gte=since))
    )
    year = now - datetime.timedelta(days=YEAR_DAYS)
    return PublicCounts(
        **counted,
        open_demands=UnmetDemand.objects.filter(state=UnmetDemandState.OPEN).count(),
        events=MatchEvent.objects.filter(
            ends_at__lt=now, ends_at__gte=year, state__in=("held", "followed_up")
        ).count(),
        coming=len(coming_events(now=now)),
    )


@dataclass(frozen=True, kw_only=True)
class OwnFigures:
    """How one organisation stands in the hall."""

    published: int
    drafts: int
    filled: int
    record: ResponseRecord | None

    @property
    def percent(self) -> int | None:
        return self.record.percent if self.record else None

    @property
    def answer_words(self) -> str:
        if self.record is None or not self.record.received:
            return "还没有到期应回应的洽谈"
        return f"{self.record.answered} / {self.record.received} 次按时回应"


def own_figures(*, actor: Actor) -> OwnFigures:
    """The actor's organisation in numbers (本单位数字)."""
    states = own_listings(actor).aggregate(
        published=Count("pk", filter=Q(state=ListingState.PUBLISHED)),
        drafts=Count("pk", filter=Q(state=ListingState.DRAFT)),
        filled=Count("pk", filter=Q(state=ListingState.FILLED)),
    )
    record = ResponseRecord.objects.filter(organisation=actor.organisation_id).first()
    return OwnFigures(**states, record=record)
