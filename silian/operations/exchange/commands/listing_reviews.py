"""Decide reviews: approve, return with a reason, approve many at once."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.commands.listing_locking import locked_listing, tell_publisher
from silian.operations.exchange.commands.listing_publication import make_public
from silian.operations.exchange.events import ListingReturned
from silian.operations.exchange.models.listing import Listing, ListingReview
from silian.operations.exchange.permissions.listings import require_reviewer
from silian.operations.exchange.rules.listing_checks import findings_from
from silian.operations.exchange.workflow.listing import listing as steps
from silian.registers.accounts.choices import NotificationKind

SHORTEST_REASON = 6


@transaction.atomic
def approve_listing(
    *, review_id: int, actor: Actor, now: datetime.datetime, reason: str = ""
) -> Listing:
    """Let a listing into the hall after review (审核通过)."""
    review, listing = locked_review(review_id=review_id, actor=actor)
    decide(review, approved=True, reason=reason, actor=actor, now=now)
    make_public(
        listing, step="approve", findings=findings_from(review.findings), actor=actor, now=now
    )
    record(actor, "exchange.listing.approved", listing, reason=reason)
    tell_publisher(
        listing,
        title=f"“{listing.title}”已通过审核并发布",
        detail=f"有效期至 {listing.expires_on}，每 30 天请确认一次。",
        kind=NotificationKind.REVIEW,
        key=f"review-{review.pk}-approved",
    )
    return listing


@transaction.atomic
def return_listing(*, review_id: int, reason: str, actor: Actor, now: datetime.datetime) -> Listing:
    """Return a listing to its publisher with a reason and what to change (退回修改)."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise DomainError("请写明退回理由和怎样修改，至少 6 个字。", field="reason")
    review, listing = locked_review(review_id=review_id, actor=actor)
    decide(review, approved=False, reason=reason, actor=actor, now=now)
    listing.state = steps.target("return", state=ListingState(listing.state))
    listing.save(update_fields=["state", "updated_at"])
    record(actor, "exchange.listing.returned", listing, reason=reason)
    publish(ListingReturned(listing_id=listing.pk))
    tell_publisher(
        listing,
        title=f"“{listing.title}”被退回，请修改后重新提交",
        detail=f"退回理由：{reason.strip()}",
        kind=NotificationKind.REVIEW,
        key=f"review-{review.pk}-returned",
    )
    return listing


def locked_review(*, review_id: int, actor: Actor) -> tuple[ListingReview, Listing]:
    """The open review and its listing, locked; refused to those who may not decide it."""
    listing_id = ListingReview.objects.values_list("listing_id", flat=True).get(pk=review_id)
    listing = locked_listing(listing_id=listing_id)
    review = ListingReview.objects.select_for_update().get(pk=review_id)
    require_reviewer(actor, listing)
    if review.decided_at is not None:
        raise WrongState("这条信息已由其他审核员审结或被发布单位撤回，无需再办。")
    return review, listing


def decide(
    review: ListingReview, *, approved: bool, reason: str, actor: Actor, now: datetime.datetime
) -> None:
    review.approved, review.reason = approved, reason.strip()[:500]
    review.decided_at, review.decided_by_id = now, actor.user_id
    review.save(update_fields=["approved", "reason", "decided_at", "decided_by"])


@dataclass(frozen=True, kw_only=True)
class Refused:
    """One of many that could not be done, and why."""

    title: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class ManyDone:
    """What became of a step on many listings (批量结果)."""

    done: int
    refused: list[Refused]


def approve_many(*, review_ids: Sequence[int], actor: Actor, now: datetime.datetime) -> ManyDone:
    """Approve each chosen review that has no findings; the others need an eye each (批量通过)."""
    done, refused = 0, []
    chosen = ListingReview.objects.filter(pk__in=list(review_ids)).select_related("listing")
    for review in chosen.order_by("due_at"):
        try:
            refuse_unseen(review)
            approve_listing(review_id=review.pk, actor=actor, now=now)
            done += 1
        except DomainError as refusal:
            refused.append(Refused(title=review.listing.title, sentence=refusal.sentence))
    return ManyDone(done=done, refused=refused)


def refuse_unseen(review: ListingReview) -> None:
    if review.findings:
        raise DomainError("检查有发现，须逐条打开审核，不能批量通过。")
