"""How organisations answer and are rated."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Aggregate, Avg, Count, FloatField, Q

from silian.operations.exchange.choices import NegotiationState
from silian.operations.exchange.models.deal import Rating
from silian.operations.exchange.models.negotiation import Negotiation
from silian.operations.exchange.models.response import ResponseRecord

COUNTED_DAYS = 180  # half a year: recent enough to be fair, long enough to count


class Median(Aggregate):
    """The middle value (中位数)."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


def answer_was_due(*, now: datetime.datetime) -> Q:
    """Negotiations that count: answered, or past the owner's clock; withdrawn ones do not."""
    return (
        Q(answered_at__isnull=False)
        | Q(state=NegotiationState.LAPSED)
        | Q(state=NegotiationState.OPEN, answer_due_at__lte=now)
    )


def response_counts(*, organisation_id: int, now: datetime.datetime) -> dict[str, Any]:
    """What a response record says, counted from the rows (回应率、回应用时、评分)."""
    received = Negotiation.objects.filter(
        answer_was_due(now=now),
        owner_id=organisation_id,
        opened_at__gte=now - datetime.timedelta(days=COUNTED_DAYS),
    )
    counts = received.aggregate(
        received=Count("pk"),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        median_minutes=Median("answered_minutes", output_field=FloatField()),
    )
    ratings = Rating.objects.filter(rated_id=organisation_id, shown_from__lte=now).aggregate(
        ratings=Count("pk"), average_score=Avg("score")
    )
    median = counts["median_minutes"]
    average = ratings["average_score"]
    return {
        **counts,
        **ratings,
        "median_minutes": None if median is None else round(median),
        "average_score": None if average is None else round(average, 2),
    }


def organisations_to_recount(*, now: datetime.datetime) -> set[int]:
    """Whose record may have changed with time alone: recent negotiations, ratings, old counts."""
    since = now - datetime.timedelta(days=COUNTED_DAYS + 2)
    owners = Negotiation.objects.filter(opened_at__gte=since).values_list("owner_id", flat=True)
    rated = Rating.objects.filter(
        shown_from__gte=now - datetime.timedelta(days=2), shown_from__lte=now
    ).values_list("rated_id", flat=True)
    stale = ResponseRecord.objects.filter(received__gt=0).values_list("organisation_id", flat=True)
    return {*owners.distinct(), *rated.distinct(), *stale}


def response_record_of(*, organisation_id: int) -> ResponseRecord | None:
    """The record shown on an organisation's card."""
    return ResponseRecord.objects.filter(organisation_id=organisation_id).first()


SHOWN_RATINGS = 3  # the newest say most; all of them stand behind the average


def public_ratings_of(*, organisation_id: int, now: datetime.datetime) -> list[Rating]:
    """The newest ratings of an organisation that are open to all."""
    rows = Rating.objects.filter(rated_id=organisation_id, shown_from__lte=now)
    return list(rows.select_related("rater").order_by("-rated_at", "-pk")[:SHOWN_RATINGS])
