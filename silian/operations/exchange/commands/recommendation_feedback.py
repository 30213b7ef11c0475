"""Note what was shown as a recommendation, what was said of it and what came of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.operations.exchange.choices import RecommendationVerdict
from silian.operations.exchange.models.deal import Deal
from silian.operations.exchange.models.negotiation import Negotiation
from silian.operations.exchange.models.recommendation import RecommendationShowing
from silian.operations.exchange.permissions.listings import listings_visible_to, own_listings
from silian.operations.exchange.permissions.negotiations import side_of
from silian.operations.exchange.permissions.recommendations import (
    has_recommendations,
    require_judge,
    showings_visible_to,
)

MOST_SHOWN_AT_ONCE = 60  # a page shows no more


@transaction.atomic
def note_shown(
    *,
    pairs: Iterable[tuple[int | None, int]],
    actor: Actor,
    now: datetime.datetime,
    cohort_id: int | None = None,
) -> int:
    """Count that these listings were shown to the actor's organisation, once a day (记录展示).

    A pair is the own listing and the one shown. Listings that the actor may not see are left
    out, so nobody can fill up the showings of a listing from outside.
    """
    if not has_recommendations(actor):
        return 0
    given = {other: own for own, other in list(pairs)[:MOST_SHOWN_AT_ONCE]}
    today = timezone.localdate(now)
    made = [
        RecommendationShowing(
            organisation_id=side_of(actor),
            other_id=other,
            own_id=own,
            cohort_id=cohort_id,
            first_shown_on=today,
            last_shown_on=today,
        )
        for other, own in seen_pairs(given, actor=actor)
    ]
    again = RecommendationShowing.objects.filter(
        organisation_id=side_of(actor),
        other_id__in=[row.other_id for row in made],
        last_shown_on__lt=today,
    )
    again.update(last_shown_on=today, shown_days=F("shown_days") + 1)
    RecommendationShowing.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def seen_pairs(given: dict[int, int | None], *, actor: Actor) -> list[tuple[int, int | None]]:
    """The listings that the actor may really have seen, each with the own listing it stands for."""
    starts = [key for key in given.values() if key is not None]
    own = set(own_listings(actor).filter(pk__in=starts).values_list("pk", flat=True))
    visible = (
        listings_visible_to(actor)
        .published()
        .filter(pk__in=given)
        .exclude(organisation_id=side_of(actor))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return [(other, given[other] if given[other] in own else None) for other in visible]


@transaction.atomic
def judge_recommendation(
    *,
    other_id: int,
    own_id: int | None,
    verdict: str,
    actor: Actor,
    now: datetime.datetime,
) -> RecommendationShowing:
    """Say that a recommendation suits or does not; empty takes it back (评价推荐)."""
    require_judge(actor)
    if verdict not in ("", *RecommendationVerdict.values):
        raise DomainError("请选择“合适”或“不合适”。")
    listing = listings_visible_to(actor).published().get(pk=other_id)
    if listing.organisation_id == actor.organisation_id:
        raise DomainError("这是贵单位自己的供需，不需要评价。")
    note_shown(pairs=[(own_id, listing.pk)], actor=actor, now=now)
    showing = showings_visible_to(actor).select_for_update(of=("self",)).get(other_id=other_id)
    showing.verdict = verdict
    showing.verdict_at = now if verdict else None
    showing.verdict_by_id = actor.user_id if verdict else None
    showing.save(update_fields=["verdict", "verdict_at", "verdict_by"])
    record(actor, "exchange.recommendation.judged", showing, detail={"verdict": verdict})
    return showing


def note_contact(*, negotiation_id: int) -> int:
    """A listing shown as a recommendation was answered (推荐后应答)."""
    row = Negotiation.objects.only("listing_id", "asker_id", "opened_at").get(pk=negotiation_id)
    return (
        showings_of(row, before=row.opened_at)
        .filter(contacted_at__isnull=True)
        .update(contacted_at=row.opened_at)
    )


def note_acceptance(*, negotiation_id: int, at: datetime.datetime) -> int:
    """Both sides accepted terms after a recommendation (推荐后达成意向)."""
    row = Negotiation.objects.only("listing_id", "asker_id", "opened_at").get(pk=negotiation_id)
    return (
        showings_of(row, before=row.opened_at)
        .filter(accepted_at__isnull=True)
        .update(accepted_at=at)
    )


def note_agreement(*, deal_id: int) -> int:
    """A deal was recorded after a recommendation (推荐后成交)."""
    deal = Deal.objects.select_related("negotiation").get(pk=deal_id)
    shown = showings_of(deal.negotiation, before=deal.negotiation.opened_at)
    return shown.filter(agreed_at__isnull=True).update(agreed_at=deal.recorded_at)


def showings_of(row: Negotiation, *, before: datetime.datetime) -> QuerySet[RecommendationShowing]:
    """What the asker was shown before it answered; later showings did not lead to it."""
    return RecommendationShowing.objects.filter(
        organisation_id=row.asker_id,
        other_id=row.listing_id,
        first_shown_on__lte=timezone.localdate(before),
    )
