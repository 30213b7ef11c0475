"""What the order of recommendations needs to know of the listings (推荐的承接情况)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, F, Min, Q, Window
from django.utils import timezone

from silian.operations.exchange.choices import RecommendationVerdict
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.recommendation import RecommendationShowing
from silian.operations.exchange.queries.recommendation_choices import paused_organisations
from silian.operations.exchange.rules.recommendations import NEW_DAYS, Standing, room_for

UNANSWERED_DAYS = 14  # after that a showing that led nowhere no longer takes a place


class TakingPart(NamedTuple):
    """A listing that may be recommended, as far as the refresh needs it."""

    organisation_id: int
    kind: str


def listings_taking_part() -> dict[int, TakingPart]:
    """Published listings whose organisation has not switched recommendation off."""
    rows = Listing.objects.published().exclude(organisation_id__in=paused_organisations())
    found = rows.values_list("pk", "organisation_id", "kind")
    return {pk: TakingPart(organisation, kind) for pk, organisation, kind in found}


def standings(*, listing_ids: Iterable[int], now: datetime.datetime) -> dict[int, Standing]:
    """Room, age and newness of the listings taking part; two questions."""
    wanted = set(listing_ids)
    unanswered = unanswered_showings(now=now)
    since = timezone.localdate(now) - datetime.timedelta(days=NEW_DAYS)
    found = {}
    for pk, left, first in first_publications():
        if pk in wanted:
            day = timezone.localdate(first) if first else datetime.date.min
            found[pk] = Standing(
                room=room_for(capacity_left=left, unanswered=unanswered.get(pk, 0)),
                first_published_on=day,
                is_new=day >= since,
            )
    return found


def first_publications() -> list[tuple[int, int | None, datetime.datetime | None]]:
    """Published listings with when their publisher first said the same (首次发布).

    A listing withdrawn and written again with the same title is no newer than the first.
    """
    said = Listing.objects.filter(first_published_at__isnull=False).annotate(
        said_first=Window(
            Min("first_published_at"), partition_by=[F("organisation"), F("kind"), F("title")]
        )
    )
    rows = said.values_list("pk", "state", "capacity_left", "said_first")
    return [(pk, left, first) for pk, state, left, first in rows if state == "published"]


def unanswered_showings(*, now: datetime.datetime) -> dict[int, int]:
    """To how many organisations a listing was shown lately without any reaction."""
    since = timezone.localdate(now) - datetime.timedelta(days=UNANSWERED_DAYS)
    silent = Q(contacted_at__isnull=True) & ~Q(verdict=RecommendationVerdict.SUITS)
    rows = RecommendationShowing.objects.filter(silent, last_shown_on__gte=since)
    return dict(rows.values("other_id").annotate(n=Count("pk")).values_list("other_id", "n"))
