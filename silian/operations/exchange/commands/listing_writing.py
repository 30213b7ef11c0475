"""Write listings: create, edit, copy, throw a draft away."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record, record_each
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.operations.exchange.choices import ListingSource, ListingState
from silian.operations.exchange.commands.listing_locking import own_locked_listing
from silian.operations.exchange.commands.listing_publication import (
    refuse_incomplete,
    stay_published_or_review_again,
)
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.models.listing import Listing, ListingRevision
from silian.operations.exchange.permissions.listings import require_owner, require_writer
from silian.operations.exchange.queries.listing_names import names_behind
from silian.operations.exchange.rules.listing_content import COLUMNS, ListingContent
from silian.operations.exchange.rules.listing_publication import reason_kind_not_open
from silian.operations.exchange.rules.listing_words import changes_between
from silian.operations.exchange.workflow.listing import EDITABLE

LIVE = frozenset({ListingState.PUBLISHED, ListingState.PAUSED})
COPY_MARK = "（副本）"


@transaction.atomic
def create_listing(
    *,
    content: ListingContent,
    actor: Actor,
    source: ListingSource = ListingSource.TYPED,
    external_id: str = "",
) -> Listing:
    """Write a new listing as a draft; it may still be incomplete (新建供需)."""
    require_writer(actor)
    reason = closed_kind(content, actor=actor)
    if reason:
        raise DomainError(reason, field="side")
    return create_listings(contents=[(external_id, content)], actor=actor, source=source)[0]


@transaction.atomic
def create_listings(
    *, contents: Sequence[tuple[str, ListingContent]], actor: Actor, source: ListingSource
) -> list[Listing]:
    """Write new drafts of open kinds, each with its number at the source (批量新建)."""
    owner = writing_organisation(actor)
    listings = Listing.objects.bulk_create(
        Listing(
            **content.columns(),
            organisation_id=owner,
            created_by_id=actor.user_id,
            capacity_left=content.capacity,
            source=source,
            external_id=external_id,
        )
        for external_id, content in contents
    )
    record_each(actor, "exchange.listing.created", listings)
    return listings


def writing_organisation(actor: Actor) -> int:
    """The organisation that the actor writes for; refused to everybody else."""
    require_writer(actor)
    assert actor.organisation_id is not None
    return actor.organisation_id


def closed_kind(content: ListingContent, *, actor: Actor) -> str | None:
    """Why the actor's organisation may not publish this kind on this side, or None."""
    return reason_kind_not_open(
        kind=kind_of(content.kind),
        organisation_kind=actor.organisation_kind,
        side=content.side,
    )


@transaction.atomic
def edit_listing(
    *, listing_id: int, content: ListingContent, actor: Actor, now: datetime.datetime
) -> Listing:
    """Change what a listing says; the old text stays in its history (修改供需).

    A published listing must stay complete, and goes back to review when the checks object.
    """
    listing = own_locked_listing(listing_id=listing_id, actor=actor)
    if listing.state not in EDITABLE:
        raise WrongState(
            f"当前为“{listing.get_state_display()}”，不能修改。请先撤回送审，或重新编辑后再发布。"
        )
    changes = changes_of(listing, content=content)
    if not changes:
        return listing
    apply_content(listing, content=content)
    listing.save(update_fields=[*COLUMNS, "capacity_left", "updated_at"])
    if listing.submitted_at:
        keep_revision(listing, changes=changes, actor=actor)
    record(actor, "exchange.listing.edited", listing, detail={"fields": list(changes)})
    if listing.state in LIVE:
        refuse_incomplete(listing)
        stay_published_or_review_again(listing, actor=actor, now=now)
    return listing


def changes_of(listing: Listing, *, content: ListingContent) -> dict[str, list[str]]:
    old, new = listing.content, content
    return changes_between(
        old=old.columns(),
        new=new.columns(),
        kind=listing.declaration,
        names=names_behind(old, new),
    )


def apply_content(listing: Listing, *, content: ListingContent) -> None:
    """Put the new values on the row; what deals have taken stays taken."""
    taken = (listing.capacity or 0) - (listing.capacity_left or 0)
    if content.capacity is not None and content.capacity < taken:
        raise DomainError(
            f"已成交 {taken}，数量不能少于 {taken}。请改为不小于 {taken} 的数。", field="capacity"
        )
    values: dict[str, Any] = {**content.columns(), "kind": listing.kind}
    for name, value in values.items():
        setattr(listing, name, value)
    listing.capacity_left = None if content.capacity is None else content.capacity - taken


def keep_revision(listing: Listing, *, changes: dict[str, list[str]], actor: Actor) -> None:
    ListingRevision.objects.create(listing=listing, changes=changes, changed_by_id=actor.user_id)


@transaction.atomic
def copy_listing(*, listing_id: int, actor: Actor) -> Listing:
    """A new draft with the same content (复制)."""
    require_writer(actor)
    original = Listing.objects.get(pk=listing_id)
    require_owner(actor, original)
    columns = original.content.columns()
    title = f"{original.title[: 80 - len(COPY_MARK)]}{COPY_MARK}"
    listing = Listing.objects.create(
        **{**columns, "title": title},
        organisation_id=writing_organisation(actor),
        created_by_id=actor.user_id,
        capacity_left=original.capacity,
        is_demo=original.is_demo,
    )
    record(actor, "exchange.listing.copied", listing, detail={"from": original.pk})
    return listing


@transaction.atomic
def discard_draft(*, listing_id: int, actor: Actor) -> None:
    """Throw away a draft that nobody else has seen (删除草稿)."""
    listing = own_locked_listing(listing_id=listing_id, actor=actor)
    if listing.state != ListingState.DRAFT or listing.submitted_at:
        raise WrongState("只有从未提交过的草稿可以删除；提交过的信息请撤回，记录会保留。")
    record(actor, "exchange.listing.discarded", listing)
    listing.delete()
