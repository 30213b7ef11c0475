"""Write many listings by their numbers in the publisher's own system."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError
from silian.operations.exchange.choices import ListingSource, ListingState
from silian.operations.exchange.commands.listing_publication import publish_listing
from silian.operations.exchange.commands.listing_writing import create_listing, edit_listing
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

    With ``all_or_nothing`` one refusal takes everything back.
    """
    require_writer(actor)
    done = [
        upsert_row(
            row, existing=existing.get(row.external_id), publish=publish, actor=actor, now=now
        )
        for row in rows
    ]
    if all_or_nothing and any(row.refusal for row in done):
        transaction.set_rollback(True)
    return done


def upsert_row(
    row: UpsertRow,
    *,
    existing: Listing | None,
    publish: bool,
    actor: Actor,
    now: datetime.datetime,
) -> Upserted:
    if row.content is None:
        return Upserted(status=REFUSED, listing=existing, refusal=row.refusal)
    try:
        with transaction.atomic():
            written = write_listing(
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
    return published(written, actor=actor, now=now) if publish else written


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


def published(written: Upserted, *, actor: Actor, now: datetime.datetime) -> Upserted:
    """The row after publishing it, when it is a draft; else as it is."""
    listing = written.listing
    if listing is None or listing.state not in PUBLISHABLE:
        return written
    try:
        with transaction.atomic():
            return replace(
                written, listing=publish_listing(listing_id=listing.pk, actor=actor, now=now)
            )
    except DomainError as refusal:
        return replace(written, refusal=refusal)


def number_taken() -> DomainError:
    return DomainError(
        "这个编号刚由另一请求写入。请读取本单位供需核对后重试。", field="external_id"
    )
