"""The hall: ask the search engine, then read what the actor may see from the tables."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, replace

from silian_engines.matching.segmentation import query_tokens

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.reference.models import Division
from silian.operations.exchange.choices import Side, Visibility
from silian.operations.exchange.gateways.search import search_backend
from silian.operations.exchange.gateways.search_terms import Found, SearchRequest, Sort
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.permissions.listings import listings_visible_to
from silian.operations.exchange.rules.lexemes import filter_lexeme

PAGE_SIZE = 20
FEW = 5
MOST_VALUES = 12


@dataclass(frozen=True, kw_only=True)
class FacetValue:
    """One value of a facet, with how many results it would keep."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A filter with counted values (分面)."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, kw_only=True)
class HallResult:
    """A page of listings and what was found in all."""

    listings: list[Listing]
    total: int
    total_is_exact: bool
    sort: Sort
    forgiving: bool
    page: int

    @property
    def has_next(self) -> bool:
        return self.page * PAGE_SIZE < self.total

    @property
    def first(self) -> int:
        return (self.page - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.listings) - 1


def request_for(
    *,
    actor: Actor,
    today: datetime.date,
    text: str = "",
    kinds: tuple[str, ...] = (),
    side: str = "",
    divisions: tuple[str, ...] = (),
    chains: tuple[str, ...] = (),
    occupation: str = "",
    major: str = "",
    starts_by: datetime.date | None = None,
    price_at_least: object = None,
    sort: Sort = Sort.RELEVANCE,
    page: int = 1,
) -> SearchRequest:
    """The engine's form of a question, bounded to what the actor may read."""
    readable = [Visibility.PUBLIC, *([Visibility.MEMBERS] if actor.is_authenticated else [])]
    groups = (
        ("visibility", readable),
        ("kind", kinds),
        ("side", (side,) if side else ()),
        ("division", divisions),
        ("chain", chains),
        ("occupation", (occupation,) if occupation else ()),
        ("major", (major,) if major else ()),
    )
    return SearchRequest(
        words=tuple(query_tokens(text)),
        filters=tuple(
            (name, tuple(filter_lexeme(name, value) for value in values))
            for name, values in groups
            if values
        ),
        starts_by=starts_by,
        price_at_least=price_at_least,  # type: ignore[arg-type]
        sort=sort,
        offset=(page - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )


def hall_result(*, actor: Actor, request: SearchRequest) -> HallResult:
    """Search; when all words together find few, ask again with most of them."""
    found = search_backend().search(request)
    if found.total < FEW and len(request.words) > 1:
        wider = search_backend().search(replace(request, forgiving=True))
        found = wider if wider.total > found.total else found
    return HallResult(
        listings=listings_in_order(actor=actor, found=found),
        total=found.total,
        total_is_exact=found.total_is_exact,
        sort=found.sort,
        forgiving=found.forgiving,
        page=request.offset // PAGE_SIZE + 1,
    )


def listings_in_order(*, actor: Actor, found: Found) -> list[Listing]:
    rows = {
        listing.pk: listing
        for listing in listings_visible_to(actor).for_cards().filter(pk__in=found.ids)
    }
    return [rows[pk] for pk in found.ids if pk in rows]


def hall_facets(*, request: SearchRequest, jurisdiction: str) -> list[Facet]:
    """The counted filters beside the result; a facet ignores its own choice when counting."""
    backend = search_backend()
    counts = {
        name: backend.facet(request.without(name), column=column)
        for name, column in (
            ("side", "side"),
            ("kind", "kind"),
            ("division", "division_id"),
            ("chain", "industry_chain"),
        )
    }
    regions = regions_below(counts["division"], jurisdiction=jurisdiction)
    names = dict(Division.objects.filter(pk__in=regions).values_list("pk", "name"))
    kinds = {code: kind.label for code, kind in listing_kinds().items()}
    chains = {name: name for name in counts["chain"] if name}
    return [
        facet("side", "方向", counts["side"], labels=dict(Side.choices), request=request),
        facet("kind", "类别", counts["kind"], labels=kinds, request=request),
        facet("division", "区域", regions, labels=names, request=request),
        facet("chain", "重点产业链", counts["chain"], labels=chains, request=request),
    ]


def facet(
    name: str, label: str, counts: dict[str, int], *, labels: dict[str, str], request: SearchRequest
) -> Facet:
    chosen = dict(request.filters).get(name, ())
    values = [
        FacetValue(
            value=value,
            label=text,
            count=counts.get(value, 0),
            chosen=filter_lexeme(name, value) in chosen,
        )
        for value, text in labels.items()
        if counts.get(value) or filter_lexeme(name, value) in chosen
    ]
    if name in ("division", "chain"):
        values.sort(key=lambda item: (not item.chosen, -item.count))
    return Facet(name=name, label=label, values=tuple(values[:MOST_VALUES]))


def regions_below(counts: dict[str, int], *, jurisdiction: str) -> dict[str, int]:
    """Counts by the divisions one level below the site's own; others keep their city."""
    inside = subtree_prefix(jurisdiction)
    totals: Counter[str] = Counter()
    for code, count in counts.items():
        if code.startswith(inside):
            length = min(len(inside) + 2, 6)
        else:
            length = 4
        totals[code[:length].ljust(6, "0")] += count
    return dict(totals)
