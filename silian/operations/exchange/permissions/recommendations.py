"""Who sees recommendations, judges them, and switches them off."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.exchange.models.recommendation import (
    Recommendation,
    RecommendationHiding,
    RecommendationShowing,
)
from silian.operations.exchange.permissions.listings import (
    is_supervisor,
    listings_visible_to,
    may_read_own,
    may_write_listings,
    region_of,
)
from silian.registers.organisations.choices import Role


def has_recommendations(actor: Actor) -> bool:
    """Whether recommendations concern the actor: who reads for an organisation, no authority."""
    return may_read_own(actor) and not actor.jurisdiction


def recommendations_visible_to(actor: Actor) -> QuerySet[Recommendation]:
    """Those of one's own open listings, to listings that one may read today."""
    if not has_recommendations(actor):
        return Recommendation.objects.none()
    return Recommendation.objects.filter(
        own__organisation_id=actor.organisation_id or 0,
        own__state="published",
        other__in=listings_visible_to(actor).published(),
    ).exclude(other__organisation_id=actor.organisation_id or 0)


def showings_visible_to(actor: Actor) -> QuerySet[RecommendationShowing]:
    """What was shown to one's own organisation; officials: of listings in their region."""
    if is_supervisor(actor):
        return RecommendationShowing.objects.filter(region_of(actor, prefix="other__"))
    if not may_read_own(actor):
        return RecommendationShowing.objects.none()
    return RecommendationShowing.objects.filter(organisation_id=actor.organisation_id or 0)


def may_read_showings(actor: Actor) -> bool:
    """Members who read for their organisation, and officials of the region."""
    return is_supervisor(actor) or may_read_own(actor)


def hidings_visible_to(actor: Actor) -> QuerySet[RecommendationHiding]:
    """One's own in the present organisation, and nobody else's."""
    return RecommendationHiding.objects.filter(
        user_id=actor.user_id or 0,
        organisation=actor.organisation_id,
        undone_at__isnull=True,
    )


def may_judge_recommendations(actor: Actor) -> bool:
    """Whether the actor says for its organisation what suits (单位管理员、经办人)."""
    return has_recommendations(actor) and may_write_listings(actor)


def require_judge(actor: Actor) -> None:
    if not may_judge_recommendations(actor):
        raise NotAllowed("推荐由单位管理员或经办人评价，请联系贵单位管理员授权。")


def may_switch_for_organisation(actor: Actor) -> bool:
    """Whether the actor decides if the organisation takes part (单位管理员)."""
    return actor.organisation_id is not None and actor.has_role(Role.MANAGER)


def require_switcher(actor: Actor) -> None:
    if not may_switch_for_organisation(actor):
        raise NotAllowed("单位是否参与推荐由单位管理员决定。您可以只关闭本人的推荐。")
