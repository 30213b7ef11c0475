"""Who may see, write and review listings."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.exchange.choices import ListingState, Visibility
from silian.operations.exchange.models.listing import Listing, ListingQuerySet, ListingReview
from silian.operations.exchange.models.negotiation import Negotiation
from silian.operations.exchange.workflow.listing import ONCE_PUBLIC
from silian.registers.organisations.choices import WRITING_ROLES, Role

READING_ROLES = WRITING_ROLES | {Role.READER}
SUPERVISING_ROLES = frozenset({Role.REVIEWER, Role.COORDINATOR})


def listings_visible_to(actor: Actor) -> ListingQuerySet:
    """Published ones for everybody or for members; one's own; for officials those of the region.

    Whoever has negotiated about a listing keeps seeing it after it has left the hall.
    """
    published = Q(state=ListingState.PUBLISHED)
    if not actor.is_authenticated:
        return Listing.objects.filter(published, visibility=Visibility.PUBLIC)
    seen = published
    if may_read_own(actor):
        talked = Negotiation.objects.filter(asker_id=actor.organisation_id).values("listing_id")
        seen |= Q(organisation_id=actor.organisation_id)
        seen |= Q(state__in=ONCE_PUBLIC, pk__in=talked)
    if is_supervisor(actor):
        seen |= region_of(actor) & ~Q(state=ListingState.DRAFT)
    return Listing.objects.filter(seen)


def own_listings(actor: Actor) -> ListingQuerySet:
    """The listings of the actor's organisation, in every state (我的供需)."""
    if not may_read_own(actor):
        return Listing.objects.none()
    return Listing.objects.of(organisation_id=actor.organisation_id or 0)


def writable_listings(actor: Actor) -> ListingQuerySet:
    """The listings that the actor may change."""
    if not may_write_listings(actor):
        return Listing.objects.none()
    return own_listings(actor)


def may_read_own(actor: Actor) -> bool:
    return actor.organisation_id is not None and actor.has_role(*READING_ROLES)


def may_write_listings(actor: Actor) -> bool:
    """Whether the actor writes for its organisation (单位管理员、经办人)."""
    return actor.organisation_id is not None and actor.has_role(*WRITING_ROLES)


def require_writer(actor: Actor) -> None:
    if not may_write_listings(actor):
        raise NotAllowed("供需信息由单位管理员或经办人办理，请联系贵单位管理员授权。")


def require_owner(actor: Actor, listing: Listing) -> None:
    require_writer(actor)
    if listing.organisation_id != actor.organisation_id:
        raise NotAllowed("这条供需信息由其他单位发布，只能由发布单位办理。")


def is_supervisor(actor: Actor) -> bool:
    """Whether the actor looks after the listings of a region (主管部门)."""
    return bool(actor.jurisdiction) and actor.has_role(*SUPERVISING_ROLES)


def region_of(actor: Actor, *, prefix: str = "") -> Q:
    """Listings that stand in the actor's region, or whose publisher does."""
    digits = subtree_prefix(actor.jurisdiction)
    return Q(**{f"{prefix}division__code__startswith": digits}) | Q(
        **{f"{prefix}organisation__division__code__startswith": digits}
    )


def reviews_visible_to(actor: Actor) -> QuerySet[ListingReview]:
    """The reviews of the actor's region, those of its own organisation left out (送审)."""
    if not is_supervisor(actor):
        return ListingReview.objects.none()
    return ListingReview.objects.filter(region_of(actor, prefix="listing__")).exclude(
        listing__organisation_id=actor.organisation_id or 0
    )


def may_decide_reviews(actor: Actor) -> bool:
    """Whether the actor decides reviews (审核员)."""
    return bool(actor.jurisdiction) and actor.has_role(Role.REVIEWER)


def require_reviewer(actor: Actor, listing: Listing) -> None:
    """Refuse everybody but a reviewer of the region, and any reviewer for its own organisation."""
    if not may_decide_reviews(actor):
        raise NotAllowed("供需信息由所在区划的审核员审核，请联系贵单位管理员授权。")
    if listing.organisation_id == actor.organisation_id:
        raise NotAllowed("不能审核本单位发布的信息，请由上级或同级其他单位的审核员办理。")
    if not (actor.covers(listing.division_id) or actor.covers(listing.organisation.division_id)):
        raise NotAllowed("这条信息不在您的管辖范围内，请由所在区划的审核员办理。")
