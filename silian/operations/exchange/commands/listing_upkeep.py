"""What time does to listings: reminders, pauses, expiry. Run by jobs, harmless when run twice."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.audit import record
from silian.operations.exchange.choices import ListingState, PauseCause
from silian.operations.exchange.commands.listing_locking import (
    close,
    leave_hall,
    locked_listing,
    tell_publisher,
)
from silian.operations.exchange.models.listing import Listing, ListingQuerySet
from silian.operations.exchange.rules.listing_publication import RECONFIRM_DAYS, REMIND_DAYS
from silian.operations.exchange.workflow.listing import listing as steps
from silian.registers.accounts.choices import NotificationKind

EXPIRY_NOTICE_DAYS = 7
EXPIRING = (ListingState.PUBLISHED, ListingState.PAUSED, ListingState.FILLED)


def each_locked(rows: ListingQuerySet) -> Iterator[Listing]:
    """Each of the rows that still fits, locked in a transaction of its own."""
    for listing_id in list(rows.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            if rows.filter(pk=listing_id).exists():
                yield locked_listing(listing_id=listing_id)


def remind_confirmations(*, today: datetime.date) -> int:
    """Ask publishers to confirm what nobody has confirmed for a while (提醒确认)."""
    since = today - datetime.timedelta(days=RECONFIRM_DAYS - REMIND_DAYS)
    waiting = (
        Listing.objects.published()
        .filter(confirmed_on__lte=since)
        .filter(Q(confirm_reminded_on__isnull=True) | Q(confirm_reminded_on__lt=F("confirmed_on")))
    )
    count = 0
    for listing in each_locked(waiting):
        listing.confirm_reminded_on = today
        listing.save(update_fields=["confirm_reminded_on", "updated_at"])
        tell_publisher(
            listing,
            title=f"请确认“{listing.title}”仍然有效",
            detail=f"{REMIND_DAYS} 天内不确认将自动暂停，确认后继续发布。",
            kind=NotificationKind.TASK,
            key=f"listing-{listing.pk}-confirm-{listing.confirmed_on}",
        )
        count += 1
    return count


def pause_unconfirmed(*, today: datetime.date) -> int:
    """Take what was not confirmed in time out of the hall, with notice (逾期未确认自动暂停)."""
    since = today - datetime.timedelta(days=RECONFIRM_DAYS)
    count = 0
    for listing in each_locked(Listing.objects.published().filter(confirmed_on__lte=since)):
        pause_for(listing, cause=PauseCause.UNCONFIRMED)
        tell_publisher(
            listing,
            title=f"“{listing.title}”已自动暂停",
            detail=f"超过 {RECONFIRM_DAYS} 天没有确认。仍然有效请点“恢复发布”。",
            kind=NotificationKind.TASK,
            key=f"listing-{listing.pk}-unconfirmed-{today}",
        )
        count += 1
    return count


def pause_for(listing: Listing, *, cause: PauseCause) -> None:
    listing.state = steps.target("pause", state=ListingState(listing.state))
    listing.pause_cause = cause
    listing.save(update_fields=["state", "pause_cause", "updated_at"])
    leave_hall(listing)
    record(system_actor(), "exchange.listing.paused", listing, reason=cause.label)


def remind_expiring(*, today: datetime.date) -> int:
    """Tell publishers that a publication ends within a week (提醒到期)."""
    until = today + datetime.timedelta(days=EXPIRY_NOTICE_DAYS)
    ending = Listing.objects.published().filter(
        expires_on__gt=today, expires_on__lte=until, expiry_reminded_on__isnull=True
    )
    count = 0
    for listing in each_locked(ending):
        listing.expiry_reminded_on = today
        listing.save(update_fields=["expiry_reminded_on", "updated_at"])
        tell_publisher(
            listing,
            title=f"“{listing.title}”将于 {listing.expires_on} 到期",
            detail="需要继续请点“延长有效期”，不需要可以不办。",
            kind=NotificationKind.TASK,
            key=f"listing-{listing.pk}-expiring-{listing.expires_on}",
        )
        count += 1
    return count


def expire_listings(*, today: datetime.date) -> int:
    """End what has passed its validity (到期下架)."""
    over = Listing.objects.filter(state__in=EXPIRING, expires_on__lte=today)
    count = 0
    for listing in each_locked(over):
        listing.state = steps.target("expire", state=ListingState(listing.state))
        close(listing, now=timezone.now(), reason="有效期已过")
        listing.save(update_fields=["state", "closed_at", "close_reason", "updated_at"])
        record(system_actor(), "exchange.listing.expired", listing)
        tell_publisher(
            listing,
            title=f"“{listing.title}”已到期",
            detail="已从供需大厅撤下。需要继续请点“重新编辑”后发布。",
            kind=NotificationKind.TASK,
            key=f"listing-{listing.pk}-expired-{listing.expires_on}",
        )
        count += 1
    return count


def pause_listings_of(*, organisation_id: int) -> int:
    """Take everything of a suspended organisation out of the hall (单位被暂停)."""
    rows = Listing.objects.published().of(organisation_id=organisation_id)
    count = 0
    for listing in each_locked(rows):
        pause_for(listing, cause=PauseCause.ORGANISATION)
        count += 1
    return count
