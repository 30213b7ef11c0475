"""What helps one need: programmes of schools, results, instruments, people (从需求找资源)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q

from silian.foundation.kernel.actors import Actor
from silian.operations.exchange.choices import Side as ListingSide
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.kinds.declaration import ListingKind
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.queries.matches import candidates, sided
from silian.operations.exchange.queries.reasons import Reasoned
from silian.operations.exchange.queries.recommendation_choices import recommendation_off
from silian.operations.exchange.queries.recommendations import (
    Recommended,
    showable_listings,
    showings_visible_to,
)
from silian.operations.exchange.rules.matching_facts import (
    MatchFact,
    Side,
    strength,
    telling_facts,
)
from silian.registers.programmes.choices import ProgrammeStage
from silian.registers.programmes.models.programmes import Programme
from silian.registers.programmes.permissions.programmes import programmes_visible_to

STAFF = ("graduate_cohort", "course_package", "training_places", "teacher_mentor")
SUPPORT = {
    "job": STAFF,
    "internship": STAFF,
    "apprenticeship": STAFF,
    "order_class": STAFF,
    "technical_problem": (
        "research_result",
        "technical_service",
        "equipment_hours",
        "graduate_cohort",
        "course_package",
    ),
    "equipment_hours": ("equipment_hours", "training_places", "technical_service"),
    "course_package": ("course_package", "teacher_mentor", "training_places"),
}
"""Which offers help a need besides those that answer it, in the order shown."""
MOST_EACH = 4
MOST_PROGRAMMES = 5


@dataclass(frozen=True, kw_only=True)
class SupportGroup:
    """The best offers of one kind."""

    kind: ListingKind
    rows: list[Recommended]


@dataclass(frozen=True, kw_only=True)
class ProgrammeRow(Reasoned):
    """A programme that teaches what the need asks for."""

    programme: Programme


def support_for(actor: Actor, *, own: Listing) -> list[SupportGroup]:
    """Offers that help this need, by kind; kinds without any are left out."""
    if recommendation_off(actor):
        return []
    mine = sided(own)
    codes = SUPPORT.get(own.kind, (own.kind,))
    found = {
        other.listing_id: facts
        for other in candidates(actor, own=[mine], kinds=codes)
        if other.side != own.side and (facts := telling_facts(need=mine.facts, offer=other.facts))
    }
    listings = (
        Listing.objects.for_cards()
        .filter(pk__in=showable_listings(actor).filter(pk__in=found).values("pk"))
        .order_by("pk")
    )
    showings = {row.other_id: row for row in showings_visible_to(actor).filter(other_id__in=found)}
    rows = [
        Recommended(listing=row, own=own, facts=found[row.pk], showing=showings.get(row.pk))
        for row in listings
    ]
    rows.sort(key=lambda row: -strength(row.facts))
    return [group for code in codes if (group := group_of(rows, code=code)).rows]


def group_of(rows: Iterable[Recommended], *, code: str) -> SupportGroup:
    once = {
        (row.listing.organisation_id, row.listing.title): row
        for row in reversed(list(rows))
        if row.listing.kind == code
    }  # whoever says the same twice is listed once
    best = sorted(once.values(), key=lambda row: -strength(row.facts))
    return SupportGroup(kind=kind_of(code), rows=best[:MOST_EACH])


def programmes_for(actor: Actor, *, own: Listing) -> list[ProgrammeRow]:
    """Programmes that teach the need's occupation, majors or chain, with the facts."""
    if recommendation_off(actor) or own.side != ListingSide.DEMAND:
        return []
    mine = replace(sided(own).facts, quantity=None, starts_on=None)
    programmes = (
        programmes_visible_to(actor)
        .filter(same_teaching(mine), stage=ProgrammeStage.RUNNING)
        .select_related("school", "division", "major")
        .prefetch_related("occupations")
        .distinct()
    )
    found = [
        ProgrammeRow(programme=row, facts=facts)
        for row in programmes
        if (facts := facts_of_programme(row, mine=mine)) is not None
    ]
    found.sort(key=lambda row: (-strength(row.facts), row.programme.pk))
    return found[:MOST_PROGRAMMES]


def same_teaching(mine: Side) -> Q:
    wanted = Q(major__code__in=mine.majors)
    if mine.occupation:
        wanted |= Q(occupations__code__startswith=mine.occupation[:7])
    if mine.chain:
        wanted |= Q(industry_chain=mine.chain)
    return wanted


def facts_of_programme(row: Programme, *, mine: Side) -> list[MatchFact] | None:
    """The facts for the occupation of the programme that comes nearest; None when none tells."""
    plain = Side(
        title=row.name,
        chain=row.industry_chain,
        division=row.division_id,
        division_name=row.division.name,
        majors=frozenset({row.major.code}),
    )
    sides = [
        replace(plain, occupation=each.pk, occupation_name=each.name)
        for each in row.occupations.all()
    ] or [plain]
    compared = (telling_facts(need=mine, offer=side) for side in sides)
    return max((facts for facts in compared if facts), key=strength, default=None)
