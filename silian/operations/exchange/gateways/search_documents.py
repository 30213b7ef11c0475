"""What of a listing goes into the index: its words by weight, its filters and its facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from django.db import connection
from silian_engines.matching.segmentation import index_tokens

from silian.foundation.kernel.search.documents import (
    BODY_CHARACTERS,
    Facts,
    SearchDocument,
    division_path,
    verified_value,
)
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.rules.listing_words import SUGGESTED_FIELDS

SUBJECT = "listing"
KEPT_NAMES = 4_096  # a few megabytes
LEVELS = {"职业本科": "本科", "应用型本科": "本科"}
# a listing that is being paused right now is paused first, and stays out
HOLD = """
SELECT 1 FROM exchange_listing WHERE id = ANY(%s) AND state = 'published' ORDER BY id FOR SHARE
"""


def documents_of(listing_ids: Sequence[int]) -> Iterator[SearchDocument]:
    """The documents of those of the listings that are published; they stay so until commit."""
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(HOLD, [list(listing_ids)])
    rows = Listing.objects.published().filter(pk__in=list(listing_ids))
    return map(document_of, rows.select_related("organisation", "occupation", "industry"))


def published_ids(after: int, most: int) -> list[int]:
    """Published listings by number, for building the index anew."""
    rows = Listing.objects.published().filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:most])


def published_total() -> int:
    return Listing.objects.published().count()


def document_of(listing: Listing) -> SearchDocument:
    kind = listing_kinds().get(listing.kind)
    names = [
        listing.organisation.name,
        listing.occupation.name if listing.occupation else "",
        listing.industry.name if listing.industry else "",
        listing.industry_chain,
        kind.label if kind else "",
        listing.place,
    ]
    details = " ".join(
        str(value) for name, value in listing.details.items() if value and name != SUGGESTED_FIELDS
    )
    return SearchDocument(
        subject=SUBJECT,
        object_id=listing.pk,
        title=index_tokens(listing.title),
        names=tokens_of_names(" ".join(names)),
        body=index_tokens(f"{listing.description[:BODY_CHARACTERS]} {details}"),
        filters=filters_of(listing),
        facts=facts_of(listing),
    )


def facts_of(listing: Listing) -> Facts:
    """The first publication counts as its day: to publish again lifts nothing."""
    return Facts(
        published_at=listing.first_published_at or listing.published_at or listing.created_at,
        pay=listing.price_max,
        starts_on=listing.starts_on,
    )


@lru_cache(maxsize=KEPT_NAMES)
def tokens_of_names(names: str) -> tuple[str, ...]:
    """The words of names, kept because the listings of a file share most of them."""
    return index_tokens(names)


def filters_of(listing: Listing) -> dict[str, tuple[str, ...]]:
    """Kind, side, regions from the province down, chain, industry, occupation, level, readers."""
    single = {
        "visibility": listing.visibility,
        "kind": listing.kind,
        "side": listing.side,
        "chain": listing.industry_chain,
        "level": level_of(listing),
        "verified": verified_value(listing.organisation.is_verified),
        "organisation": str(listing.organisation_id),
        "publisher": listing.organisation.kind,
    }
    return {
        **{name: (value,) for name, value in single.items() if value},
        "division": tuple(division_path(listing.division_id)),
        "industry": tuple(listing.industry.path) if listing.industry else (),
        "occupation": tuple(listing.occupation.path) if listing.occupation else (),
        "major": tuple(listing.majors),
    }


def level_of(listing: Listing) -> str:
    """The level of schooling that is asked for or offered (学历层次)."""
    level = str(listing.details.get("education") or "")
    return LEVELS.get(level, level)
