"""What recommendations led to, counted from what was shown (推荐成效)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.operations.exchange.choices import RecommendationVerdict
from silian.operations.exchange.models.recommendation import (
    RecommendationRun,
    RecommendationShowing,
)
from silian.operations.exchange.permissions.recommendations import showings_visible_to

COUNTED_DAYS = 180  # as long as response records count
FEWEST_ORGANISATIONS = 5  # figures of fewer could be told apart


STAGES = {
    "contacted": "已应答",
    "accepted": "达成意向",
    "agreed": "已成交",
    "suits": "标为合适",
    "unsuitable": "标为不合适",
}
REACHED = {
    "contacted": Q(contacted_at__isnull=False),
    "accepted": Q(accepted_at__isnull=False),
    "agreed": Q(agreed_at__isnull=False),
    "suits": Q(verdict=RecommendationVerdict.SUITS),
    "unsuitable": Q(verdict=RecommendationVerdict.UNSUITABLE),
}


def showings_at(*, actor: Actor, stage: str) -> QuerySet[RecommendationShowing]:
    """What the actor may read of what was shown, as far as it came (推荐记录)."""
    rows = showings_visible_to(actor).filter(REACHED.get(stage, Q()))
    return rows.select_related(
        "other__organisation", "organisation", "own", "cohort__programme"
    ).defer("other__description", "own__description")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """From shown to deal (推荐到成交)."""

    shown: int = 0
    suits: int = 0
    unsuitable: int = 0
    contacted: int = 0
    accepted: int = 0
    agreed: int = 0

    @property
    def steps(self) -> list[tuple[str, int, str]]:
        """Each step with its number and the filter that opens its rows."""
        return [
            ("已展示", self.shown, ""),
            ("应答", self.contacted, "contacted"),
            ("达成意向", self.accepted, "accepted"),
            ("成交", self.agreed, "agreed"),
        ]


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What the public reads: the outcome of the region, and how the last run spread (推荐成效)."""

    outcome: Outcome | None
    run: RecommendationRun | None

    @property
    def spared(self) -> int | None:
        """Percent fewer first places beyond what listings can take in, by spreading."""
        if self.run is None or not self.run.over_before:
            return None
        fewer = self.run.over_before - self.run.over_after
        return round(100 * fewer / self.run.over_before)


def outcome_of(rows: QuerySet[RecommendationShowing]) -> Outcome:
    counts = rows.aggregate(
        shown=Count("pk"),
        suits=Count("pk", filter=Q(verdict=RecommendationVerdict.SUITS)),
        unsuitable=Count("pk", filter=Q(verdict=RecommendationVerdict.UNSUITABLE)),
        contacted=Count("contacted_at"),
        accepted=Count("accepted_at"),
        agreed=Count("agreed_at"),
    )
    return Outcome(**counts)


def own_outcome(actor: Actor) -> Outcome:
    """What recommendations led to for the actor's own organisation."""
    return outcome_of(showings_visible_to(actor))


def outcome_of_listing(listing_id: int) -> Outcome:
    """To how many a listing was recommended and what came of it; its publisher reads numbers."""
    return outcome_of(RecommendationShowing.objects.filter(other_id=listing_id))


def recommendation_effect(*, today: datetime.date) -> Effect:
    """Half a year over all organisations; nothing when they are so few that one shows through."""
    since = today - datetime.timedelta(days=COUNTED_DAYS)
    rows = RecommendationShowing.objects.filter(first_shown_on__gte=since)
    organisations = rows.values("organisation_id").distinct().count()
    return Effect(
        outcome=outcome_of(rows) if organisations >= FEWEST_ORGANISATIONS else None,
        run=RecommendationRun.objects.order_by("-finished_at").first(),
    )
