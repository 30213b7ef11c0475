"""What persons and organisations have chosen about recommendations (推荐设置)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.operations.exchange.choices import HidingSubject
from silian.operations.exchange.models.recommendation import (
    RecommendationPause,
)
from silian.operations.exchange.permissions.recommendations import hidings_visible_to


def running_pauses() -> QuerySet[RecommendationPause]:
    return RecommendationPause.objects.filter(resumed_at__isnull=True)


def paused_organisations() -> QuerySet[RecommendationPause, dict[str, int]]:
    """The organisations that take no part in recommendation, for a subquery."""
    rows = running_pauses().filter(organisation__isnull=False)
    return rows.values("organisation_id")  # type: ignore[return-value]


def recommendation_off(actor: Actor) -> RecommendationPause | None:
    """The switch that keeps recommendations from the actor; the organisation's comes first."""
    if actor.user_id is None:
        return None
    mine = Q(user_id=actor.user_id)
    if actor.organisation_id is not None:
        mine |= Q(organisation_id=actor.organisation_id)
    return running_pauses().filter(mine).order_by("user_id").first()


def hidden_listings(actor: Actor) -> Q:
    """Listings that the actor asked not to be shown (不看此类)."""
    hidden = Q(pk__in=[])
    for hiding in hidings_visible_to(actor):
        hidden |= LOOKUPS[HidingSubject(hiding.subject)](hiding)
    return hidden


LOOKUPS = {
    HidingSubject.KIND: lambda hiding: Q(kind=hiding.value),
    HidingSubject.ORGANISATION: lambda hiding: Q(organisation_id=int(hiding.value)),
    HidingSubject.OCCUPATION: lambda hiding: Q(occupation_id=hiding.value),
}
