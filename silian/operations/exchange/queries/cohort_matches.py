"""Enterprises for a cohort: their posts, and what else speaks for them (从年级找企业)."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from silian.foundation.kernel.actors import Actor
from silian.operations.exchange.choices import Side as ListingSide
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.queries.matches import Sided, candidates
from silian.operations.exchange.queries.reasons import Reasoned
from silian.operations.exchange.queries.recommendation_choices import recommendation_off
from silian.operations.exchange.queries.recommendations import showable_listings
from silian.operations.exchange.rules.matching_facts import (
    MatchFact,
    Side,
    strength,
    telling_facts,
)
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.models.classes import Cohort
from silian.registers.programmes.models.participation import Participation

POSTS = ("internship", "job", "apprenticeship", "order_class")
KINDS = (*POSTS, "teacher_mentor")
MOST_FIRMS = 20
MOST_ROWS = 3  # a firm's best posts; the rest stand on its page
PRACTICE_DAYS = 365  # the last year of study is spent in practice


@dataclass(frozen=True, kw_only=True)
class CohortRow(Reasoned):
    """One listing of an enterprise for the cohort."""

    listing: Listing
    own: None = None


@dataclass(frozen=True, kw_only=True)
class Firm:
    """An enterprise with its best listings for the cohort and what else is on record."""

    organisation: Organisation
    rows: list[CohortRow]
    known: list[str]
    places: int

    @property
    def weight(self) -> tuple[int, int]:
        """For ordering only: the best listing, then how many speak for it."""
        return strength(self.rows[0].facts), len(self.rows) + len(self.known)


@dataclass(frozen=True, kw_only=True)
class Firms:
    """The best enterprises, and how many there are in all."""

    best: list[Firm]
    total: int = 0


def firms_for(actor: Actor, *, cohort: Cohort, on: datetime.date) -> Firms:
    """The enterprises whose posts suit the cohort best."""
    if recommendation_off(actor):
        return Firms(best=[])
    own = sides_of(cohort, on=on)
    found: dict[int, list[MatchFact]] = {}
    for other in candidates(actor, own=own, kinds=KINDS):
        facts = best_facts(other, own=own)
        if facts is not None:
            found[other.listing_id] = facts
    allowed = showable_listings(actor).filter(pk__in=found)
    listings = Listing.objects.for_cards().filter(pk__in=allowed.values("pk"))
    by_firm: dict[int, list[CohortRow]] = defaultdict(list)
    for listing in listings:
        by_firm[listing.organisation_id].append(CohortRow(listing=listing, facts=found[listing.pk]))
    stages = stages_with(school_id=cohort.programme.school_id, firm_ids=list(by_firm))
    firms = [firm_of(rows, stages=stages) for rows in by_firm.values()]
    firms.sort(key=lambda firm: firm.weight, reverse=True)
    return Firms(best=firms[:MOST_FIRMS], total=len(firms))


def sides_of(cohort: Cohort, *, on: datetime.date) -> list[Sided]:
    """The cohort as the sides it may stand for: one for each occupation its programme names."""
    programme = cohort.programme
    starts = max(on, cohort.ends_on - datetime.timedelta(days=PRACTICE_DAYS))
    plain = Side(
        title=programme.name,
        chain=programme.industry_chain,
        division=programme.division_id,
        division_name=programme.division.name,
        majors=frozenset({programme.major.code}),
        starts_on=starts,
        ends_on=cohort.ends_on,
    )
    named = [
        replace(plain, occupation=row.pk, occupation_name=row.name)
        for row in programme.occupations.all()
    ]
    return [
        Sided(listing_id=0, kind="graduate_cohort", side=ListingSide.SUPPLY, facts=facts)
        for facts in (named or [plain])
    ]


def best_facts(other: Sided, *, own: list[Sided]) -> list[MatchFact] | None:
    """The facts of the occupation that fits best, or None when nothing tells."""
    if other.kind == "teacher_mentor" and other.side != ListingSide.SUPPLY:
        return None
    fitting = [
        facts
        for mine in own
        if (facts := telling_facts(need=mine.facts, offer=other.facts)) is not None
    ]
    best = max(fitting, key=strength, default=None)
    places = other.facts.quantity if other.kind in POSTS else None
    if best is None or not places:
        return best
    return [
        *best,
        MatchFact(text=f"名额：对方还有 {places} 个", met=True, code="quantity", weight=0),
    ]


def firm_of(rows: list[CohortRow], *, stages: Counter[int]) -> Firm:
    rows.sort(key=lambda row: (-strength(row.facts), row.listing.pk))
    firm = rows[0].listing.organisation
    posts = [row.listing.capacity_left or 0 for row in rows if row.listing.side == "demand"]
    return Firm(
        organisation=firm,
        rows=rows[:MOST_ROWS],
        known=known_facts(firm, stages=stages),
        places=sum(posts),
    )


def known_facts(firm: Organisation, *, stages: Counter[int]) -> list[str]:
    """What the registers say of the enterprise beyond its posts."""
    record = getattr(firm, "response_record", None)
    lines = []
    if stages[firm.pk]:
        lines.append(f"已参与本校 {stages[firm.pk]} 项培养环节")
    if record is not None and record.received:
        lines.append(f"近 180 天回应率 {record.percent}%（{record.answered}/{record.received}）")
    if firm.is_verified:
        lines.append("已核验单位")
    return lines


def stages_with(*, school_id: int, firm_ids: list[int]) -> Counter[int]:
    """How many recorded participations each enterprise has at the school."""
    rows = Participation.objects.filter(programme__school_id=school_id, enterprise_id__in=firm_ids)
    return Counter(rows.values_list("enterprise_id", flat=True))
