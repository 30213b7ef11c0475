"""What may suit an organisation that has nothing in the hall yet (新单位冷启动)."""

from __future__ import annotations

from silian.foundation.kernel.actors import Actor
from silian.operations.exchange.choices import Side as ListingSide
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.permissions.recommendations import has_recommendations
from silian.operations.exchange.queries.cohort_matches import CohortRow
from silian.operations.exchange.queries.matches import Sided, candidates
from silian.operations.exchange.queries.recommendation_choices import recommendation_off
from silian.operations.exchange.queries.recommendations import showable_listings
from silian.operations.exchange.rules.matching_facts import (
    MatchFact,
    Side,
    is_telling,
    match_facts,
    strength,
)
from silian.registers.organisations.models import Organisation

MOST_ROWS = 8
MOST_OF_A_KIND = 2  # a newcomer looks around; one kind alone would hide the others


def newcomer_rows(actor: Actor) -> list[CohortRow]:
    """Listings of the organisation's chain near it, a few of each kind that it may answer."""
    if not has_recommendations(actor) or recommendation_off(actor):
        return []
    organisation = Organisation.objects.select_related("division").get(
        pk=actor.organisation_id or 0
    )
    if not organisation.industry_chain:
        return []
    mine = Sided(listing_id=0, kind="", side="", facts=side_of_organisation(organisation))
    found: dict[int, list[MatchFact]] = {}
    for other in candidates(actor, own=[mine], kinds=answerable_kinds(organisation)):
        facts = match_facts(need=mine.facts, offer=other.facts)
        if is_telling(facts):
            found[other.listing_id] = facts
    allowed = (
        showable_listings(actor).filter(pk__in=found).exclude(organisation__kind=organisation.kind)
    )  # a newcomer looks for the other kinds, not for its rivals
    rows = Listing.objects.for_cards().filter(pk__in=allowed.values("pk"))
    ordered = sorted(rows, key=lambda row: (-strength(found[row.pk]), row.pk))
    return [CohortRow(listing=row, facts=found[row.pk]) for row in few_of_each(ordered)[:MOST_ROWS]]


def side_of_organisation(organisation: Organisation) -> Side:
    """What the register says of it: its chain and where it is."""
    return Side(
        chain=organisation.industry_chain,
        division=organisation.division_id,
        division_name=organisation.division.name,
    )


def answerable_kinds(organisation: Organisation) -> list[str]:
    return [
        code
        for code, kind in listing_kinds().items()
        if kind.may_be_answered_by(organisation_kind=organisation.kind)
    ]


def few_of_each(rows: list[Listing]) -> list[Listing]:
    """No more than a few of a kind and side, in the order given."""
    counts: dict[tuple[str, ListingSide | str], int] = {}
    found = []
    for row in rows:
        key = (row.kind, row.side)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= MOST_OF_A_KIND:
            found.append(row)
    return found
