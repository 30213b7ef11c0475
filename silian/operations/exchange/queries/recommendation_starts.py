"""Where a search for partners begins: an own listing, or a cohort of the school (从哪里开始)."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.queries.matches import own_open_listings
from silian.operations.exchange.queries.recommendations import MOST_STARTS, Recommended
from silian.registers.programmes.choices import MemberState
from silian.registers.programmes.models.classes import Cohort
from silian.registers.programmes.permissions.classes import cohorts_visible_to, is_of_school

MOST_COHORTS = 40
STUDYING = Q(classes__members__state=MemberState.STUDYING, classes__members__ends_on__isnull=True)


@dataclass(frozen=True, kw_only=True)
class Start:
    """An own listing and how many were found for it."""

    listing: Listing
    count: int


def starts_of(actor: Actor, *, recommended: Iterable[Recommended]) -> list[Start]:
    """One's own open listings, those with most found first."""
    counts = Counter(row.own.pk for row in recommended)
    starts = [
        Start(listing=row, count=counts[row.pk])
        for row in own_open_listings(actor, most=MOST_STARTS)
    ]
    return sorted(starts, key=lambda start: -start.count)


def startable_cohorts(actor: Actor, *, on: datetime.date) -> QuerySet[Cohort]:
    """The cohorts of one's school that study on the day, with how many students (在校年级)."""
    if not is_of_school(actor):
        return Cohort.objects.none()
    return (
        cohorts_visible_to(actor)
        .filter(programme__school_id=actor.organisation_id or 0, starts_on__lte=on, ends_on__gt=on)
        .select_related("programme__major", "programme__division")
        .annotate(students=Count("classes__members", filter=STUDYING))
        .filter(students__gt=0)
    )


def cohorts_to_start_from(actor: Actor, *, on: datetime.date) -> list[Cohort]:
    """Those that leave first on top."""
    rows = startable_cohorts(actor, on=on).order_by("ends_on", "programme__name", "pk")
    return list(rows[:MOST_COHORTS])
