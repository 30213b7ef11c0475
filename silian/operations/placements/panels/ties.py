"""Interns hosted and classes ordered as joint projects, so that no partner judges a partner."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from django.db.models import Count, Max, Q
from django.db.models.functions import Coalesce

from silian.casework.reviews.queries.ties import Tie, register_tie
from silian.operations.placements.choices.internships import InternshipState
from silian.operations.placements.choices.orders import OrderState
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.models.orders import ClassOrder

NEVER_STARTED = (InternshipState.PLANNED, InternshipState.PREPARING, InternshipState.CANCELLED)
NEVER_AGREED = (OrderState.DRAFT, OrderState.SENT, OrderState.CANCELLED)


def placement_ties(
    *, organisation_id: int, since: datetime.date, on: datetime.date
) -> Iterable[Tie]:
    """Schools and hosts that shared interns, the two sides of ordered classes (实习、订单班)."""
    yield from hosting_ties(organisation_id, since=since, on=on)
    yield from order_ties(organisation_id, since=since, on=on)


def hosting_ties(organisation_id: int, *, since: datetime.date, on: datetime.date) -> Iterator[Tie]:
    """One tie for each partner, with how many interns and until when the last one stayed."""
    either = Q(school_id=organisation_id) | Q(organisation_id=organisation_id)
    rows = (
        Internship.objects.filter(either, started_on__lte=on)
        .exclude(state__in=NEVER_STARTED)
        .annotate(left_on=Coalesce("ended_on", "ends_on"))
        .filter(left_on__gt=since)
        .order_by("school_id", "organisation_id")
        .values("school_id", "organisation_id")
        .annotate(interns=Count("pk"), last=Max("left_on"))
    )
    for row in rows:
        for other in {row["school_id"], row["organisation_id"]} - {organisation_id}:
            yield Tie(organisation_id=other, what=f"实习 {row['interns']} 人次", until=row["last"])


def order_ties(organisation_id: int, *, since: datetime.date, on: datetime.date) -> Iterator[Tie]:
    either = Q(school_id=organisation_id) | Q(enterprise_id=organisation_id)
    rows = (
        ClassOrder.objects.filter(either, starts_on__lte=on)
        .exclude(state__in=NEVER_AGREED)
        .annotate(over_on=Coalesce("closed_on", "ends_on"))
        .filter(over_on__gt=since)
        .order_by("pk")
    )
    for order in rows:
        for other in {order.school_id, order.enterprise_id} - {organisation_id}:
            what = f"订单班 {order.number}《{order.title}》"[:120]
            yield Tie(organisation_id=other, what=what, until=order.closed_on or order.ends_on)


register_tie(placement_ties)
