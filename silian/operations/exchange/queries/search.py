"""The hall: ask the search engine, then read what the actor may see from the tables."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from silian_engines.matching.segmentation import query_tokens

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.search.backend import search_backend
from silian.foundation.kernel.search.documents import division_path
from silian.foundation.kernel.search.requests import Found, Mode, SearchRequest, Sort
from silian.foundation.reference.models import Division, Industry
from silian.operations.exchange.choices import Visibility
from silian.operations.exchange.gateways.search_documents import SUBJECT
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.permissions.listings import listings_visible_to

PAGE_SIZE = 20
SHOWN = 1_000  # nobody turns fifty pages; narrowing the question helps more
FEW = 5
FACETS = ("side", "kind", "division", "chain", "industry", "level", "verified")


@dataclass(frozen=True, kw_only=True)
class HallResult:
    """A page of listings and what was found in all.

    ``filters_are_partial`` says that the numbers beside the filters are estimates.
    """

    listings: list[Listing]
    total: int
    total_is_exact: bool
    sort: Sort
    by_date_because_many: bool
    forgiving: bool
    page: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    filters_are_partial: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def has_next(self) -> bool:
        return self.page * PAGE_SIZE < min(self.total, SHOWN)

    @property
    def ends_early(self) -> bool:
        """Whether this is the last page although more was found."""
        return not self.has_next and self.total > SHOWN

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
    industries: tuple[str, ...] = (),
    occupation: str = "",
    major: str = "",
    levels: tuple[str, ...] = (),
    verified: str = "",
    starts_by: datetime.date | None = None,
    price_at_least: Decimal | None = None,
    published_since: datetime.datetime | None = None,
    sort: Sort = Sort.RELEVANCE,
    page: int = 1,
) -> SearchRequest:
    """The engine's form of a question, bounded to what the actor may read."""
    groups = {
        "visibility": readable_by(actor), "kind": kinds, "side": (side,), "division": divisions,
        "chain": chains, "industry": industries, "occupation": (occupation,), "major": (major,),
        "level": levels, "verified": (verified,),
    }  # fmt: skip
    return SearchRequest(
        words=tuple(query_tokens(text)),
        subjects=(SUBJECT,),
        filters=tuple((name, tuple(values)) for name, values in groups.items() if any(values)),
        starts_by=starts_by,
        pay_at_least=price_at_least,
        published_since=published_since,
        sort=sort,
        offset=(page - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
        facets=FACETS,
    )


def readable_by(actor: Actor) -> tuple[str, ...]:
    """The visibilities that the hall shows the actor."""
    if actor.is_authenticated:
        return (Visibility.PUBLIC, Visibility.MEMBERS)
    return (Visibility.PUBLIC,)


def hall_total(actor: Actor) -> int:
    """How many listings the hall shows the actor when nothing is asked (大厅总数)."""
    return Listing.objects.published().filter(visibility__in=readable_by(actor)).count()


def hall_result(*, actor: Actor, request: SearchRequest) -> HallResult:
    """Search; when all words together find few, ask again with most of them."""
    found = search_backend().search(request)
    if found.total < FEW and len(request.words) > 1:
        wider = search_backend().search(replace(request, mode=Mode.MOST))
        found = wider if wider.total > found.total else found
    whole = hall_total(actor) if asks_for_all(request) else None
    return HallResult(
        listings=listings_in_order(actor=actor, found=found),
        total=found.total if whole is None else whole,
        total_is_exact=found.total_is_exact or whole is not None,
        sort=found.sort,
        by_date_because_many=bool(request.words) and found.sort is not request.sort,
        forgiving=found.mode is Mode.MOST,
        page=request.offset // PAGE_SIZE + 1,
        facets=found.facets,
        filters_are_partial=not found.facets_are_exact,
        warnings=found.warnings,
    )


def asks_for_all(request: SearchRequest) -> bool:
    """Whether nothing narrows the question."""
    asked = (
        request.words,
        request.pay_at_least,
        request.starts_by,
        request.published_since,
        request.published_until,
    )
    return not any(asked) and not request.without("visibility").filters


def listings_in_order(*, actor: Actor, found: Found) -> list[Listing]:
    ids = found.ids_of(SUBJECT)
    rows = {
        listing.pk: listing
        for listing in listings_visible_to(actor).published().for_cards().filter(pk__in=ids)
    }
    return [rows[pk] for pk in ids if pk in rows]


def hall_counts(
    facets: Mapping[str, Mapping[str, int]], *, jurisdiction: str
) -> dict[str, dict[str, int]]:
    """How many results each value of each filter would keep; a filter ignores its own choice."""
    counts = {name: dict(facets.get(name, {})) for name in FACETS}
    counts["division"] = regions_below(counts["division"], jurisdiction=jurisdiction)
    counts["industry"] = {
        code: count for code, count in counts["industry"].items() if len(code) == 1
    }
    return counts


def regions_below(counts: Mapping[str, int], *, jurisdiction: str) -> dict[str, int]:
    """Counts by the divisions one level below the site's own; others keep their city."""
    inside = subtree_prefix(jurisdiction)
    totals: Counter[str] = Counter()
    for code, count in in_themselves(counts).items():
        length = min(len(inside) + 2, 6) if code.startswith(inside) else 4
        totals[code[:length].ljust(6, "0")] += count
    return dict(totals)


def in_themselves(counts: Mapping[str, int]) -> dict[str, int]:
    """Of each division what stands at itself, without what its parts count for it."""
    own = Counter(counts)
    for code, count in counts.items():
        above = [parent for parent in division_path(code)[:-1] if parent in counts]
        if above:
            own[above[-1]] -= count
    return {code: count for code, count in own.items() if count > 0}


def region_labels(codes: Iterable[str]) -> dict[str, str]:
    """Names of divisions, most of the hall's in one query."""
    return dict(Division.objects.filter(pk__in=list(codes)).values_list("pk", "name"))


def industry_labels(codes: Iterable[str]) -> dict[str, str]:
    """Names of industries (行业名称)."""
    return dict(Industry.objects.filter(pk__in=list(codes)).values_list("pk", "name"))
