"""What the recommender learns from: listings, and what came of earlier meetings (学习用的记录)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils import timezone
from silian_engines.matching.recommendation.entities import Act, Entity, Interaction, Side
from silian_engines.matching.segmentation import index_tokens

from silian.operations.exchange.choices import NegotiationState, RecommendationVerdict
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.negotiation import Negotiation
from silian.operations.exchange.models.recommendation import RecommendationShowing
from silian.operations.exchange.queries.matches import counterpart_kinds
from silian.operations.exchange.queries.recommendation_choices import paused_organisations
from silian.operations.exchange.rules.recommendations import Judged

REMEMBERED_DAYS = 1095  # three years of graduates; older needs say little about today's
TAKEN = (NegotiationState.INTENDED, NegotiationState.AGREED)
COLUMNS = (
    "pk", "organisation_id", "kind", "side", "title", "occupation_id", "majors", "industry_id",
    "industry_chain", "division_id", "capacity_left", "starts_on", "ends_on",
)  # fmt: skip


class ListingFacts(NamedTuple):
    """A listing as the recommender is told of it."""

    pk: int
    organisation_id: int
    kind: str
    side: str
    title: str
    occupation: str | None
    majors: list[str]
    industry: str | None
    chain: str
    division: str
    quantity: int | None
    starts_on: datetime.date | None
    ends_on: datetime.date | None


def remembered_listings(*, since: datetime.date) -> list[ListingFacts]:
    """Everything first published since, of organisations that take part, closed ones too."""
    rows = (
        Listing.objects.filter(first_published_at__date__gte=since)
        .exclude(organisation_id__in=paused_organisations())
        .order_by("pk")
        .values_list(*COLUMNS)
    )
    return [ListingFacts(*row) for row in rows]


def entity_of(row: ListingFacts) -> Entity:
    """The listing in the engine's words; the division in digits, so that prefixes are regions."""
    return Entity(
        key=str(row.pk),
        side=Side(row.side),
        kind=row.kind,
        words=(*index_tokens(row.title), *((row.chain,) if row.chain else ())),
        occupation=row.occupation or "",
        majors=frozenset(row.majors),
        industry=row.industry or "",
        division=row.division,
        quantity=row.quantity,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        capacity=max(1, row.quantity or 1),
    )


def interactions(*, listings: Iterable[ListingFacts], since: datetime.date) -> list[Interaction]:
    """What was shown, answered and accepted between listings, oldest knowledge first."""
    known = {row.pk: row for row in listings}
    return [*shown_pairs(since=since), *negotiated_pairs(known, since=since)]


def shown_pairs(*, since: datetime.date) -> Iterator[Interaction]:
    """What recommendations led to; a listing that was judged to suit counts like an answer."""
    rows = RecommendationShowing.objects.filter(first_shown_on__gte=since, own__isnull=False)
    columns = ("own_id", "other_id", "first_shown_on", "verdict", "contacted_at", "accepted_at")
    for own, other, shown, verdict, contacted, accepted in rows.values_list(*columns):
        yield Interaction(str(own), str(other), Act.SEEN, shown)
        if contacted or verdict == RecommendationVerdict.SUITS:
            day = timezone.localdate(contacted) if contacted else shown
            yield Interaction(str(own), str(other), Act.ANSWERED, day)
        if accepted:
            yield Interaction(str(own), str(other), Act.ACCEPTED, timezone.localdate(accepted))


def negotiated_pairs(
    known: dict[int, ListingFacts], *, since: datetime.date
) -> Iterator[Interaction]:
    """Negotiations, each for the asker's own listing that comes nearest to the answered one."""
    of_organisation: dict[int, list[ListingFacts]] = defaultdict(list)
    for row in known.values():
        of_organisation[row.organisation_id].append(row)
    rows = Negotiation.objects.filter(opened_at__date__gte=since).order_by("opened_at", "pk")
    for listing_id, asker_id, state, opened in rows.values_list(
        "listing_id", "asker_id", "state", "opened_at"
    ):
        other = known.get(listing_id)
        own = nearest(other, among=of_organisation[asker_id]) if other else None
        if own is not None:
            day = timezone.localdate(opened)
            yield Interaction(str(own.pk), str(listing_id), Act.ANSWERED, day)
            if state in TAKEN:
                yield Interaction(str(own.pk), str(listing_id), Act.ACCEPTED, day)


def nearest(other: ListingFacts, *, among: Iterable[ListingFacts]) -> ListingFacts | None:
    """The own listing for which the answer was most likely given, or None."""
    fitting = [
        row for row in among if row.side != other.side and row.kind in counterpart_kinds(other.kind)
    ]
    return max(fitting, key=lambda row: (alike(row, other), -row.pk), default=None)


def alike(one: ListingFacts, other: ListingFacts) -> int:
    same_work = bool(one.occupation) and one.occupation == other.occupation
    shared = not set(one.majors).isdisjoint(other.majors)
    return 4 * same_work + 2 * shared + (one.chain == other.chain)


def judgements(*, since: datetime.date) -> list[Judged]:
    """What organisations said of recommendations, and how their negotiations ended (反馈)."""
    return [*said_judgements(), *ended_negotiations(since=since)]


def said_judgements() -> Iterator[Judged]:
    """合适 and 不合适."""
    rows = RecommendationShowing.objects.exclude(verdict="")
    columns = ("organisation_id", "other_id", "other__organisation_id", "other__kind", "verdict")
    for organisation, listing, publisher, kind, verdict in rows.values_list(*columns):
        yield Judged(
            organisation_id=organisation,
            listing_id=listing,
            publisher_id=publisher,
            kind=kind,
            suits=verdict == RecommendationVerdict.SUITS,
        )


def ended_negotiations(*, since: datetime.date) -> Iterator[Judged]:
    """A deal speaks for the publisher, a refusal against asking the same again (成交、婉拒)."""
    ends = (NegotiationState.AGREED, NegotiationState.REFUSED)
    rows = Negotiation.objects.filter(state__in=ends, opened_at__date__gte=since)
    columns = ("asker_id", "listing_id", "owner_id", "listing__kind", "state")
    for asker, listing, owner, kind, state in rows.values_list(*columns):
        yield Judged(
            organisation_id=asker,
            listing_id=listing,
            publisher_id=owner,
            kind=kind,
            suits=state == NegotiationState.AGREED,
        )
