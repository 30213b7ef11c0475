"""What of a listing goes into the index: its words by weight and its filters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from silian_engines.matching.segmentation import index_tokens

from silian.foundation.kernel.actors import subtree_prefix
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.rules.lexemes import filter_lexeme

BODY_CHARACTERS = 3_000
KEPT_NAMES = 4_096  # a few megabytes


@dataclass(frozen=True, kw_only=True)
class SearchDocument:
    """One listing as the engines see it."""

    listing_id: int
    title: Sequence[str]
    names: Sequence[str]
    body: Sequence[str]
    filters: Sequence[str]


def documents_of(listing_ids: Iterable[int]) -> Iterator[SearchDocument]:
    """The documents of these listings, read in one query."""
    rows = Listing.objects.filter(pk__in=list(listing_ids)).select_related(
        "organisation", "occupation", "industry"
    )
    return (document_of(listing) for listing in rows)


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
    details = " ".join(str(value) for value in listing.details.values() if value)
    return SearchDocument(
        listing_id=listing.pk,
        title=index_tokens(listing.title),
        names=tokens_of_names(" ".join(names)),
        body=index_tokens(f"{listing.description[:BODY_CHARACTERS]} {details}"),
        filters=filters_of(listing),
    )


@lru_cache(maxsize=KEPT_NAMES)
def tokens_of_names(names: str) -> tuple[str, ...]:
    """The words of names, kept because the listings of a file share most of them."""
    return index_tokens(names)


def filters_of(listing: Listing) -> list[str]:
    """Kind, side, regions from the province down, chain, industry, occupation, majors, readers."""
    given = [
        ("kind", listing.kind),
        ("side", listing.side),
        ("visibility", listing.visibility),
        ("organisation", listing.organisation_id),
        ("publisher", listing.organisation.kind),
        ("chain", listing.industry_chain),
        *(("division", code) for code in divisions_above(listing.division_id)),
        *(("major", code) for code in listing.majors),
    ]
    for name, entry in (("industry", listing.industry), ("occupation", listing.occupation)):
        given += [(name, code) for code in (entry.path if entry else [])]
    return [filter_lexeme(name, value) for name, value in given if value]


def divisions_above(code: str) -> list[str]:
    """A division and those that hold it, by GB/T 2260 prefix: 990104 → 990000, 990100, 990104."""
    levels = [code[:2] + "0000", code[:4] + "00", code]
    return list(dict.fromkeys(level for level in levels if code.startswith(subtree_prefix(level))))
