"""Declarations of staff and posts for lists: share, gap, liaison (岗位供给)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery

from silian.operations.placements.gateways.offer_limits import liaison_duty, offered_share
from silian.operations.placements.models.hosts import PostCensus
from silian.operations.placements.rules.offered_posts import Offer, liaison_words
from silian.operations.placements.rules.prohibitions.limits import Limit


@dataclass
class OfferScale:
    """The provisions of a day, each division asked once (口径)."""

    on: datetime.date

    def __post_init__(self) -> None:
        self.shares: dict[str, Limit | None] = {}
        self.liaisons: dict[str, Limit | None] = {}

    def share(self, division: str) -> Limit | None:
        place = f"{division[:4]}00"
        if place not in self.shares:
            self.shares[place] = offered_share(division=place, on=self.on)
        return self.shares[place]

    def liaison(self, division: str) -> Limit | None:
        place = f"{division[:4]}00"
        if place not in self.liaisons:
            self.liaisons[place] = liaison_duty(division=place, on=self.on)
        return self.liaisons[place]

    def offer(self, census: PostCensus) -> Offer:
        limit = self.share(census.division_id)
        return Offer(
            offered=census.offered_posts,
            posts=census.technical_posts + census.business_posts,
            wanted_share=limit.value if limit else None,
            force=limit.force if limit else "",
        )

    def liaison_of(self, census: PostCensus) -> tuple[str, str]:
        return liaison_words(
            has_liaison=bool(census.liaison_unit or census.liaison_name),
            above_scale=census.organisation.above_scale,
            limit=self.liaison(census.division_id),
        )


def latest_censuses(rows: QuerySet[PostCensus], *, on: datetime.date) -> QuerySet[PostCensus]:
    """The last declaration of each organisation up to the day (最近一次申报)."""
    last = (
        PostCensus.objects.filter(organisation=OuterRef("organisation"), as_of__lte=on)
        .order_by("-as_of")
        .values("pk")[:1]
    )
    return (
        rows.filter(pk=Subquery(last))
        .select_related("organisation", "division")
        .annotate(posts=F("technical_posts") + F("business_posts"))
    )


def short_of_offer(rows: QuerySet[PostCensus], *, share: Limit | None) -> QuerySet[PostCensus]:
    """Those that offer less than the share asks (低于比例)."""
    if share is None or share.value is None:
        return rows.none()
    return rows.filter(offered_posts__lt=(F("technical_posts") + F("business_posts")) * share.value)


def has_declared_for(*, organisation_id: int, year: int) -> bool:
    """Whether the organisation declared anything as of a day of the year or later."""
    rows = PostCensus.objects.filter(organisation_id=organisation_id)
    return rows.filter(as_of__gte=datetime.date(year, 1, 1)).exists()
