"""Reads of reviews: the queue with its clocks, and how reviewing goes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from statistics import median

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.working_days import WorkingCalendar
from silian.operations.exchange.models.listing import ListingReview
from silian.operations.exchange.permissions.listings import reviews_visible_to

STATISTICS_DAYS = 90
DECIDED, APPROVED, RETURNED = "decided", "approved", "returned"
IN_TIME, LATE, WITH_CODE = "in_time", "late", "code"


def open_reviews(actor: Actor) -> QuerySet[ListingReview]:
    """What waits for a decision in the actor's region, soonest due first (待审)."""
    return (
        reviews_visible_to(actor)
        .filter(decided_at__isnull=True)
        .select_related("listing__organisation", "listing__division", "listing__occupation")
        .defer("listing__description")
        .order_by("due_at", "pk")
    )


def open_review_count(actor: Actor) -> int:
    return reviews_visible_to(actor).filter(decided_at__isnull=True).count()


def working_days_left(
    *, due_at: datetime.datetime, now: datetime.datetime, calendar: WorkingCalendar
) -> int:
    """Working days until the review is due; negative when it is late. A day ends at its 24:00."""
    last_day = timezone.localdate(due_at - datetime.timedelta(microseconds=1))
    return calendar.between(timezone.localdate(now), last_day)


def next_open_review(*, actor: Actor, after: ListingReview) -> ListingReview | None:
    """The review that comes after this one in the queue, or the first of it."""
    waiting = open_reviews(actor).exclude(pk=after.pk)
    later = Q(due_at__gt=after.due_at) | Q(due_at=after.due_at, pk__gt=after.pk)
    return waiting.filter(later).first() or waiting.first()


def previous_open_review(*, actor: Actor, before: ListingReview) -> ListingReview | None:
    """The review that comes before this one in the queue, or the last of it."""
    waiting = open_reviews(actor).exclude(pk=before.pk).reverse()
    earlier = Q(due_at__lt=before.due_at) | Q(due_at=before.due_at, pk__lt=before.pk)
    return waiting.filter(earlier).first() or waiting.first()


@dataclass(frozen=True, kw_only=True)
class ReviewStatistics:
    """How the reviews of a region went in a period (审核情况)."""

    since: datetime.date
    decided: int
    approved: int
    returned: int
    in_time: int
    median_hours: float | None
    waiting: int
    late: int
    by_code: list[tuple[str, int]]


def decided_reviews(*, actor: Actor, now: datetime.datetime) -> QuerySet[ListingReview]:
    """What was decided in the last quarter, without what its publisher recalled (已审结)."""
    since = now - datetime.timedelta(days=STATISTICS_DAYS)
    return reviews_visible_to(actor).filter(decided_at__gte=since, recalled=False)


def reviews_behind(*, actor: Actor, now: datetime.datetime, which: str) -> QuerySet[ListingReview]:
    """The reviews that one number of the statistics counts (统计所含的审核)."""
    if which == LATE:
        return reviews_visible_to(actor).filter(decided_at__isnull=True, due_at__lt=now)
    rows = decided_reviews(actor=actor, now=now)
    name, _, code = which.partition(":")
    if name == WITH_CODE:
        return rows.filter(findings__contains=[{"code": code}])
    narrowed = {
        APPROVED: Q(approved=True),
        RETURNED: Q(approved=False),
        IN_TIME: Q(decided_at__lte=F("due_at")),
    }
    return rows.filter(narrowed.get(name, Q()))


def review_statistics(*, actor: Actor, now: datetime.datetime) -> ReviewStatistics:
    """Decisions of the last quarter and what waits now."""
    since = now - datetime.timedelta(days=STATISTICS_DAYS)
    rows = list(
        decided_reviews(actor=actor, now=now).values_list(
            "opened_at", "decided_at", "due_at", "approved", "findings"
        )
    )
    hours = [(decided - opened).total_seconds() / 3600 for opened, decided, *_ in rows if decided]
    waiting = reviews_visible_to(actor).filter(decided_at__isnull=True)
    return ReviewStatistics(
        since=timezone.localdate(since),
        decided=len(rows),
        approved=sum(bool(row[3]) for row in rows),
        returned=sum(not row[3] for row in rows),
        in_time=sum(row[1] is not None and row[1] <= row[2] for row in rows),
        median_hours=round(median(hours), 1) if hours else None,
        waiting=waiting.count(),
        late=waiting.filter(due_at__lt=now).count(),
        by_code=counted_codes([row[4] for row in rows]),
    )


def counted_codes(findings: list[list[dict[str, str]]]) -> list[tuple[str, int]]:
    """How often each rule was the cause, most frequent first."""
    counts: dict[str, int] = {}
    for found in findings:
        for code in {item["code"] for item in found}:
            counts[code] = counts.get(code, 0) + 1
    return sorted(counts.items(), key=lambda pair: -pair[1])
