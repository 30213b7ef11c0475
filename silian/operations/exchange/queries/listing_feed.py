"""Published listings one after another, for machines that copy the hall (供需流)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Q

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.search.entries import holding
from silian.foundation.kernel.search.lexemes import (
    both,
    filter_lexeme,
    filter_query,
    word_query,
)
from silian.foundation.kernel.search.requests import SearchRequest
from silian.operations.exchange.gateways.search_documents import SUBJECT
from silian.operations.exchange.models.listing import Listing, ListingQuerySet
from silian.operations.exchange.permissions.listings import listings_visible_to

MOST_RANKED = 1_000  # the engine ranks no more; a copy of the hall is ordered by date


def feed(*, actor: Actor, request: SearchRequest) -> ListingQuerySet:
    """The published listings that answer a question, to be ordered and cut by the caller.

    Who may read is decided by the permission alone, so that a plain walk uses the index by date.
    """
    request = request.without("visibility")
    rows = listings_visible_to(actor).published().for_cards()
    groups = [[filter_lexeme(name, value) for value in values] for name, values in request.filters]
    asked = both(word_query(words=request.words), filter_query(groups))
    if asked:
        rows = rows.filter(pk__in=holding(SUBJECT, asked).values("object_id"))
    if request.pay_at_least is not None:
        rows = rows.filter(price_max__gte=request.pay_at_least)
    if request.starts_by is not None:
        rows = rows.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=request.starts_by))
    if request.published_since is not None:
        rows = rows.filter(published_at__gte=request.published_since)
    return rows


def own_by_external_id(rows: ListingQuerySet, external_ids: Iterable[str]) -> dict[str, Listing]:
    """Of these listings, those that bear one of the numbers of the publisher's own system."""
    found = rows.filter(external_id__in=[number for number in external_ids if number])
    return {row.external_id: row for row in found}


def start_of(day: datetime.date) -> datetime.datetime:
    """The first moment of a day in the site's zone."""
    return datetime.datetime.combine(day, datetime.time()).astimezone()
