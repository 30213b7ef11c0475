"""Numbers of an official's region, and what is new for people who look for something."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.permissions.listings import listings_visible_to
from silian.operations.exchange.permissions.negotiations import listings_counted_for
from silian.operations.exchange.queries.hall_figures import RECENT_DAYS
from silian.operations.exchange.queries.negotiation_effect import (
    Effect,
    deals_total,
    effect_total,
    published_in,
)
from silian.operations.exchange.queries.negotiation_public import USUAL_MONTHS, period_of
from silian.registers.organisations.models import Organisation

CITY_DIGITS = 4  # GB/T 2260: the first four digits name the city
SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class RegionFigures:
    """How the exchange stands in a region (辖区数字)."""

    online: int
    recent: int
    effect: Effect
    deals: int


def region_figures(*, actor: Actor, now: datetime.datetime) -> RegionFigures:
    """The same cohort as the page of effectiveness, so that both show one number."""
    rows = listings_counted_for(actor)
    online = rows.filter(state=ListingState.PUBLISHED)
    period = period_of(months=USUAL_MONTHS, today=timezone.localdate(now))
    cohort = published_in(rows, period=period)
    since = now - datetime.timedelta(days=RECENT_DAYS)
    return RegionFigures(
        online=online.count(),
        recent=online.filter(first_published_at__gte=since).count(),
        effect=effect_total(cohort),
        deals=deals_total(cohort, period=period)["deals"],
    )


def newest_in_city(*, actor: Actor, kinds: tuple[str, ...]) -> list[Listing]:
    """The newest published listings of these kinds in the city of the actor's organisation."""
    rows = listings_visible_to(actor).published().for_cards().filter(kind__in=kinds)
    division = Organisation.objects.filter(pk=actor.organisation_id or 0).values_list(
        "division_id", flat=True
    )
    if code := division.first():
        rows = rows.filter(division__code__startswith=code[:CITY_DIGITS])
    return list(rows.order_by("-published_at", "-pk")[:SHOWN])
