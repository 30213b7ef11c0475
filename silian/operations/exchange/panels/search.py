"""Listings in the search (供需检索来源)."""

from __future__ import annotations

from collections.abc import Sequence

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.search.sources import SearchSource, register_source
from silian.operations.exchange.gateways.search_documents import (
    SUBJECT,
    documents_of,
    published_ids,
    published_total,
)
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.permissions.listings import listings_visible_to


def visible_listings(actor: Actor, ids: Sequence[int]) -> dict[int, Listing]:
    """Of these listings those that stand in the hall and that the actor may read."""
    rows = listings_visible_to(actor).published().for_cards().filter(pk__in=list(ids))
    return {row.pk: row for row in rows}


register_source(
    SearchSource(
        subject=SUBJECT,
        label="供需",
        documents_of=documents_of,
        ids=published_ids,
        total=published_total,
        visible_to=visible_listings,
        order=10,
    )
)
