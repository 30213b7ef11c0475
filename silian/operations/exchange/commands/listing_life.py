"""The steps of a listing's life that its publisher takes."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.search import feed
from silian.operations.exchange.choices import ListingState, PauseCause
from silian.operations.exchange.commands.listing_locking import (
    close,
    leave_hall,
    own_locked_listing,
)
from silian.operations.exchange.gateways.search_documents import SUBJECT
from silian.operations.exchange.models.listing import Listing, ListingReview
from silian.operations.exchange.rules.listing_publication import last_day_of_publication
from silian.operations.exchange.workflow.listing import listing as steps

SHORTEST_REASON = 2


@transaction.atomic
def recall_listing(*, listing_id: int, actor: Actor, now: datetime.datetime) -> Listing:
    """Take a listing back out of review to change it (撤回送审)."""
    listing = own_locked_listing(listing_id=listing_id, actor=actor)
    listing.state = steps.target("recall", state=ListingState(listing.state))
    listing.save(update_fields=["state", "updated_at"])
    close_open_review(listing, actor=actor, now=now)
    record(actor, "exchange.listing.recalled", listing)
    return listing


def close_open_review(listing: Listing, *, actor: Actor, now: datetime.datetime) -> None:
    ListingReview.objects.filter(listing=listing, decided_at__isnull=True).update(
        decided_at=now,
        decided_by_id=actor.user_id,
        approved=False,
        recalled=True,
        reason="发布单位撤回送审",
    )


@transaction.atomic
def pause_listing(*, listing_id: int, actor: Actor) -> Listing:
    """Take a listing out of the hall for a while (暂停)."""
    listing = own_locked_listing(listing_id=listing_id, actor=actor)
    listing.state = steps.target("pause", state=ListingState(listing.state))
    listing.pause_cause = PauseCause.OWNER
    listing.save(update_fields=["state", "pause_cause", "updated_at"])
    leave_hall(listing)
    record(actor, "exchange.listing.paused", listing)
    return listing


@transaction.atomic
def resume_listing(*, listing_id: int, actor: Actor, now: datetime.datetime) -> Listing:
    """Put a paused listing back into the hall; this also confirms it (恢复发布)."""
    listing = own_locked_listing(listing_id=listing_id, actor=actor)
    today = timezone.localdate(now)
    target = steps.target(
        "resume",
        state=ListingState(listing.state),
        organisation_state=listing.organisation.state,
    )
    if listing.expires_on is None or listing.expires_on <= today:
        raise DomainError("已过有效期，不能恢复。请撤回后重新编辑、发布。")
    listing.state, listing.pause_cause, listing.confirmed_on = target, "", today
    listing.save(update_fields=["state", "pause_cause", "confirmed_on", "updated_at"])
    feed.changed(SUBJECT, [listing.pk])
    record(actor, "exchange.listing.resumed", listing)
    return listing


@transaction.atomic
def confirm_listing(*, listing_id: int, actor: Actor, now: datetime.datetime) -> Listing:
    """Say that a published listing still holds (确认有效)."""
    listing = own_locked_listing(listing_id=listing_id, actor=actor)
    today = timezone.localdate(now)
    check_running(listing, step="confirm", today=today)
    listing.confirmed_on = today
    listing.save(update_fields=["confirmed_on", "updated_at"])
    record(actor, "exchange.listing.confirmed", listing)
    return listing


@transaction.atomic
def extend_listing(*, listing_id: int, actor: Actor, now: datetime.datetime) -> Listing:
    """Let the validity of a published listing start anew today (延长有效期)."""
    listing = own_locked_listing(listing_id=listing_id, actor=actor)
    today = timezone.localdate(now)
    check_running(listing, step="extend", today=today)
    latest = last_day_of_publication(
        kind=listing.declaration, published_on=today, ends_on=listing.ends_on
    )
    if listing.expires_on and latest <= listing.expires_on:
        raise DomainError(
            f"有效期已到可延长的最晚日期 {listing.expires_on}。需要更久，请先修改结束日。"
        )
    listing.expires_on, listing.confirmed_on = latest, today
    listing.expiry_reminded_on = None
    listing.save(update_fields=["expires_on", "confirmed_on", "expiry_reminded_on", "updated_at"])
    record(actor, "exchange.listing.extended", listing, detail={"until": latest.isoformat()})
    return listing


def check_running(listing: Listing, *, step: str, today: datetime.date) -> None:
    steps.target(
        step,
        state=ListingState(listing.state),
        expires_on=listing.expires_on or today,
        today=today,
    )


@transaction.atomic
def withdraw_listing(
    *, listing_id: int, actor: Actor, now: datetime.datetime, reason: str
) -> Listing:
    """End a listing before its time; the reason stays on it (撤回)."""
    listing = own_locked_listing(listing_id=listing_id, actor=actor)
    if len(reason.strip()) < SHORTEST_REASON:
        raise DomainError("请写明撤回理由，洽谈中的对方会看到。", field="reason")
    was_in_review = listing.state == ListingState.IN_REVIEW
    listing.state = steps.target("withdraw", state=ListingState(listing.state))
    close(listing, now=now, reason=reason.strip())
    listing.save(update_fields=["state", "closed_at", "close_reason", "updated_at"])
    if was_in_review:
        close_open_review(listing, actor=actor, now=now)
    record(actor, "exchange.listing.withdrawn", listing, reason=reason)
    return listing


@transaction.atomic
def revive_listing(*, listing_id: int, actor: Actor) -> Listing:
    """Turn an ended listing into a draft of a new round with its full capacity (重新编辑)."""
    listing = own_locked_listing(listing_id=listing_id, actor=actor)
    listing.state = steps.target("revive", state=ListingState(listing.state))
    listing.capacity_left = listing.capacity
    listing.closed_at, listing.close_reason = None, ""
    listing.confirm_reminded_on = listing.expiry_reminded_on = None
    listing.save(
        update_fields=[
            "state",
            "capacity_left",
            "closed_at",
            "close_reason",
            "confirm_reminded_on",
            "expiry_reminded_on",
            "updated_at",
        ]
    )
    record(actor, "exchange.listing.revived", listing)
    return listing
