"""Write many listings by their numbers in the publisher's own system."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError
from silian.operations.exchange.choices import ListingSource, ListingState
from silian.operations.exchange.commands.listing_publication import publish_together
from silian.operations.exchange.commands.listing_writing import (
    closed_kind,
    create_listing,
    create_listings,
    edit_listing,
)
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.permissions.listings import require_writer
from silian.operations.exchange.rules.listing_content import ListingContent

PUBLISHABLE = frozenset({ListingState.DRAFT, ListingState.RETURNED})
CREATED, UPDATED, UNCHANGED, REFUSED = "created", "updated", "unchanged", "refused"


@dataclass(frozen=True, kw_only=True)
class UpsertRow:
    """One listing as it should stand, or why it cannot be written (待写入的一行)."""

    external_id: str
    content: ListingContent | None = None
    refusal: DomainError | None = None


@dataclass(frozen=True, kw_only=True)
class Upserted:
    """What became of one row (写入结果). A refused publication keeps the written draft."""

    status: str
    listing: Listing | None = None
    refusal: DomainError | None = None


@transaction.atomic
def upsert_listings(
    *,
    rows: Sequence[UpsertRow],
    existing: Mapping[str, Listing],
    publish: bool,
    all_or_nothing: bool,
    actor: Actor,
    now: datetime.datetime,
) -> list[Upserted]:
    """Create or update each row by its number, each on its own (批量写入).

    New drafts and publications are written together, so that a full batch takes seconds. With
    ``all_or_nothing`` one refusal takes everything back.
    """
    require_writer(actor)
    drafts = new_drafts(
        [row for row in rows if row.content and row.external_id not in existing], actor=actor
    )
    done = [
        (row.content and drafts.get(row.external_id))
        or upsert_row(row, existing=existing.get(row.external_id), actor=actor, now=now)
        for row in rows
    ]
    if publish:
        done = published(done, actor=actor, now=now)
    if all_or_nothing and any(row.refusal for row in done):
        transaction.set_rollback(True)
    return done


def new_drafts(rows: Sequence[UpsertRow], *, actor: Actor) -> dict[str, Upserted]:
    """Drafts of rows whose kind is open, by number; none when another request is at them too."""
    open_rows = [row for row in rows if row.content and not closed_kind(row.content, actor=actor)]
    try:
        with transaction.atomic():
            made = create_listings(
                contents=[(row.external_id, row.content) for row in open_rows if row.content],
                actor=actor,
                source=ListingSource.API,
            )
    except IntegrityError:
        return {}
    return {listing.external_id: Upserted(status=CREATED, listing=listing) for listing in made}


def upsert_row(
    row: UpsertRow,
    *,
    existing: Listing | None,
    actor: Actor,
    now: datetime.datetime,
) -> Upserted:
    if row.content is None:
        return Upserted(status=REFUSED, listing=existing, refusal=row.refusal)
    try:
        with transaction.atomic():
            return write_listing(
                external_id=row.external_id,
                content=row.content,
                existing=existing,
                actor=actor,
                now=now,
            )
    except DomainError as refusal:
        return Upserted(status=REFUSED, listing=existing, refusal=refusal)
    except IntegrityError:
        return Upserted(status=REFUSED, refusal=number_taken())


def write_listing(
    *,
    external_id: str,
    content: ListingContent,
    existing: Listing | None,
    actor: Actor,
    now: datetime.datetime,
) -> Upserted:
    if existing is None:
        listing = create_listing(
            content=content, actor=actor, source=ListingSource.API, external_id=external_id
        )
        return Upserted(status=CREATED, listing=listing)
    if existing.kind != content.kind:
        raise DomainError("已有供需的类别不能更改。请用新的编号另建一条。", field="kind")
    if existing.content == content:
        return Upserted(status=UNCHANGED, listing=existing)
    listing = edit_listing(listing_id=existing.pk, content=content, actor=actor, now=now)
    return Upserted(status=UPDATED, listing=listing)


def published(done: Sequence[Upserted], *, actor: Actor, now: datetime.datetime) -> list[Upserted]:
    """The rows after publishing those that are drafts; a refused one stays a draft."""
    drafts = [row.listing.pk for row in done if row.listing and row.listing.state in PUBLISHABLE]
    locked = Listing.objects.select_related("organisation").select_for_update(of=("self",))
    listings = locked.in_bulk(drafts)
    refused = publish_together(listings=list(listings.values()), actor=actor, now=now)
    return [
        replace(row, listing=listings[row.listing.pk], refusal=refused.get(row.listing.pk))
        if row.listing and row.listing.pk in listings
        else row
        for row in done
    ]


def number_taken() -> DomainError:
    return DomainError(
        "这个编号刚由另一请求写入。请读取本单位供需核对后重试。", field="external_id"
    )
