"""The account of a period, whole; counted at most every ten minutes for the public."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone

from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.queries.negotiation_effect import (
    Effect,
    Period,
    deals_total,
    effect_by_kind,
    effect_by_month,
    effect_by_region,
    effect_total,
    published_in,
    responses_total,
)

PERIODS = {"3": "近 3 个月", "6": "近 6 个月", "12": "近 12 个月", "24": "近 2 年"}
USUAL_MONTHS = "12"
SECONDS_KEPT = 600  # figures of a year do not move within ten minutes


@dataclass(frozen=True, kw_only=True)
class Account:
    """Everything that the page of effectiveness counts (对接成效)."""

    total: Effect
    kinds: list[Effect]
    regions: list[Effect]
    months: list[Effect]
    responses: dict[str, Any]
    deals: dict[str, Any]
    counted_at: datetime.datetime


def period_of(*, months: str, today: datetime.date) -> Period:
    """The last months up to and including today; a year when nothing sensible is asked."""
    wanted = int(months if months in PERIODS else USUAL_MONTHS)
    first = today.year * 12 + today.month - 1 - (wanted - 1)
    starts_on = datetime.date(first // 12, first % 12 + 1, 1)
    return Period(starts_on=starts_on, ends_on=today + datetime.timedelta(days=1))


def account_of(*, rows: QuerySet[Listing], period: Period, now: datetime.datetime) -> Account:
    """Count a cohort of listings in every way that the page shows."""
    return Account(
        total=effect_total(rows),
        kinds=effect_by_kind(rows),
        regions=effect_by_region(rows),
        months=effect_by_month(rows),
        responses=responses_total(rows, period=period, now=now),
        deals=deals_total(rows, period=period),
        counted_at=now,
    )


def public_account(*, months: str, now: datetime.datetime) -> Account:
    """The account of the whole site, without names, at most ten minutes old."""
    wanted = months if months in PERIODS else USUAL_MONTHS
    today = timezone.localdate(now)

    def count() -> Account:
        period = period_of(months=wanted, today=today)
        published = Listing.objects.filter(first_published_at__isnull=False)
        return account_of(rows=published_in(published, period=period), period=period, now=now)

    key = f"exchange-effect-{wanted}-{today}"
    kept: Account | None = cache.get(key)
    if kept is None:
        kept = count()
        cache.set(key, kept, SECONDS_KEPT)
    return kept
