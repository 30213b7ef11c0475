"""Reads of listings: one's own, by state, and the history of one."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db.models import Count, Q

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui.components import Entry, Tone
from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.models.listing import Listing, ListingQuerySet, ListingReview
from silian.operations.exchange.permissions.listings import own_listings
from silian.operations.exchange.rules.listing_publication import (
    RECONFIRM_DAYS,
    REMIND_DAYS,
)

ENDING_DAYS = 7


def own_state_counts(actor: Actor) -> dict[str, int]:
    """How many of one's own listings are in each state."""
    rows = own_listings(actor).order_by().values("state").annotate(number=Count("pk"))
    return dict(rows.values_list("state", "number"))


def own_listing_rows(
    *, actor: Actor, state: str = "", kinds: Sequence[str] = (), side: str = "", text: str = ""
) -> ListingQuerySet:
    """One's own listings for the table, narrowed by the filters."""
    rows = own_listings(actor).for_cards().annotate(talks=Count("negotiations"))
    if state in ListingState.values:
        rows = rows.filter(state=state)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if side:
        rows = rows.filter(side=side)
    return rows.filter(title__icontains=text) if text else rows


def own_facet_counts(*, actor: Actor, state: str) -> dict[str, dict[str, int]]:
    """How many of one's own listings carry each kind and side, in the chosen state."""
    rows = own_listings(actor).order_by()
    rows = rows.filter(state=state) if state in ListingState.values else rows
    return {
        name: dict(rows.values(name).annotate(number=Count("pk")).values_list(name, "number"))
        for name in ("kind", "side")
    }


def needing_attention(*, actor: Actor, today: datetime.date) -> ListingQuerySet:
    """One's own listings that wait for a step: returned, to confirm, about to expire (待处理)."""
    to_confirm = today - datetime.timedelta(days=RECONFIRM_DAYS - REMIND_DAYS)
    ending = today + datetime.timedelta(days=ENDING_DAYS)
    return own_listings(actor).filter(
        Q(state=ListingState.RETURNED)
        | Q(state=ListingState.PUBLISHED, confirmed_on__lte=to_confirm)
        | Q(state=ListingState.PUBLISHED, expires_on__lte=ending)
    )


def attention_sentence(*, actor: Actor, today: datetime.date) -> str:
    """How one's own listings stand, in one line."""
    found = needing_attention(actor=actor, today=today).aggregate(
        returned=Count("pk", filter=Q(state=ListingState.RETURNED)),
        ending=Count(
            "pk",
            filter=Q(
                state=ListingState.PUBLISHED,
                expires_on__lte=today + datetime.timedelta(days=ENDING_DAYS),
            ),
        ),
        every=Count("pk"),
    )
    confirm = found["every"] - found["returned"] - found["ending"]
    parts = [
        f"{number} 条{words}"
        for number, words in (
            (found["returned"], "被退回待修改"),
            (found["ending"], f" {ENDING_DAYS} 天内到期"),
            (confirm, "待确认仍然有效"),
        )
        if number
    ]
    return "，".join(parts) + "。" if parts else "没有待处理的供需。"


def history_of(listing: Listing) -> list[Entry]:
    """The life of a listing, newest first: dates, reviews with their reasons (经过)."""
    entries = [
        Entry(at=at, what=what, tone=tone, note=note)
        for at, what, tone, note in moments(listing)
        if at
    ]
    for review in listing.reviews.select_related("decided_by").order_by("opened_at"):
        entries.append(Entry(at=review.opened_at, what="提交审核", note=review.cause, tone="info"))
        if review.decided_at:
            entries.append(decision_entry(review))
    return sorted(entries, key=lambda entry: entry.when, reverse=True)


def moments(listing: Listing) -> list[tuple[datetime.datetime | None, str, Tone, str]]:
    again = listing.published_at if listing.published_at != listing.first_published_at else None
    return [
        (earliest(listing.created_at, listing.first_published_at), "新建", "open", ""),
        (listing.first_published_at, "首次发布", "ok", ""),
        (again, "再次发布", "ok", ""),
        (listing.closed_at, listing.get_state_display(), "unset", listing.close_reason),
    ]


def earliest(created: datetime.datetime, published: datetime.datetime | None) -> datetime.datetime:
    """When it was written; one taken in from elsewhere was published before it came here."""
    return min(created, published) if published else created


def decision_entry(review: ListingReview) -> Entry:
    what: str
    tone: Tone
    if review.recalled:
        what, tone = "撤回送审", "unset"
    elif review.approved:
        what, tone = "审核通过", "ok"
    else:
        what, tone = "退回修改", "late"
    return Entry(at=review.decided_at or review.opened_at, what=what, tone=tone, note=review.reason)
