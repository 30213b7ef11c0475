"""What the exchange achieves: how many listings are answered, how fast, and how many agree."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import TruncMonth

from silian.foundation.reference.models import Division
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.models.deal import Deal
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.negotiation import Intent, Negotiation
from silian.operations.exchange.queries.negotiation_responses import Median, answer_was_due

STAGES = {
    "published": "发布供需",
    "answered": "收到应答",
    "intended": "达成意向",
    "agreed": "登记协议",
}


@dataclass(frozen=True, kw_only=True)
class Period:
    """The days whose first publications are counted, half-open."""

    starts_on: datetime.date
    ends_on: datetime.date

    @property
    def last_day(self) -> datetime.date:
        return self.ends_on - datetime.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Effect:
    """One line of the account: a cohort of listings and what became of it (对接成效)."""

    code: str
    label: str
    published: int
    answered: int
    intended: int
    agreed: int
    median_days: float | None = None

    def percent(self, part: int) -> int | None:
        return round(100 * part / self.published) if self.published else None

    @property
    def answered_percent(self) -> int | None:
        return self.percent(self.answered)

    @property
    def agreed_percent(self) -> int | None:
        return self.percent(self.agreed)


def published_in(rows: QuerySet[Listing], *, period: Period) -> QuerySet[Listing]:
    """The listings that were first published in the period."""
    return rows.filter(
        first_published_at__date__gte=period.starts_on,
        first_published_at__date__lt=period.ends_on,
    )


def with_stages(rows: QuerySet[Listing]) -> QuerySet[Listing]:
    """Annotate how far each listing came and how long it waited for its first answer."""
    talks = Negotiation.objects.filter(listing=OuterRef("pk")).order_by()
    first = talks.values("listing").annotate(first=Min("opened_at")).values("first")
    accepted = Intent.objects.filter(negotiation__listing=OuterRef("pk"), accepted_at__isnull=False)
    return rows.annotate(
        is_answered=Exists(talks),
        is_intended=Exists(accepted),
        is_agreed=Exists(Deal.objects.filter(listing=OuterRef("pk"))),
        waited=ExpressionWrapper(
            Subquery(first) - F("first_published_at"), output_field=DurationField()
        ),
    )


COUNTS: dict[str, Any] = {
    "published": Count("pk"),
    "answered": Count("pk", filter=Q(is_answered=True)),
    "intended": Count("pk", filter=Q(is_intended=True)),
    "agreed": Count("pk", filter=Q(is_agreed=True)),
}


def median_wait() -> Median:
    """The middle waiting time of a cohort."""
    return Median("waited", output_field=DurationField())


def effect_total(rows: QuerySet[Listing]) -> Effect:
    """All listings of a cohort in one line."""
    counts = with_stages(rows).aggregate(**COUNTS, waiting=median_wait())
    return effect_of(counts, code="", label="合计")


def effect_by_kind(rows: QuerySet[Listing]) -> list[Effect]:
    """The cohort by kind of listing, in the order of the catalogue."""
    found = {row["kind"]: row for row in grouped(rows, by="kind")}
    return [
        effect_of(found[code], code=code, label=kind.label)
        for code, kind in listing_kinds().items()
        if code in found
    ]


def effect_by_region(rows: QuerySet[Listing]) -> list[Effect]:
    """The cohort by county or city, the busiest first."""
    found = list(grouped(rows, by="division"))
    names = dict(
        Division.objects.filter(pk__in=[row["division"] for row in found]).values_list("pk", "name")
    )
    lines = [effect_of(row, code=row["division"], label=names[row["division"]]) for row in found]
    return sorted(lines, key=lambda line: (-line.published, line.code))


def effect_by_month(rows: QuerySet[Listing]) -> list[Effect]:
    """The cohort by month of first publication, oldest first."""
    dated = rows.annotate(month=TruncMonth("first_published_at"))
    found = sorted(grouped(dated, by="month"), key=lambda row: row["month"])
    return [
        effect_of(row, code=f"{row['month']:%Y-%m}", label=f"{row['month']:%Y-%m}") for row in found
    ]


def grouped(rows: QuerySet[Listing], *, by: str) -> QuerySet[Any]:
    return with_stages(rows).order_by().values(by).annotate(**COUNTS, waiting=median_wait())


def effect_of(row: dict[str, Any], *, code: str, label: str) -> Effect:
    waiting: datetime.timedelta | None = row["waiting"]
    return Effect(
        code=code,
        label=label,
        published=row["published"],
        answered=row["answered"],
        intended=row["intended"],
        agreed=row["agreed"],
        median_days=None if waiting is None else round(waiting.total_seconds() / 86_400, 1),
    )


def listings_of_stage(rows: QuerySet[Listing], *, stage: str) -> QuerySet[Listing]:
    """The listings behind one number, with what their list shows."""
    marks = {"answered": "is_answered", "intended": "is_intended", "agreed": "is_agreed"}
    chosen = with_stages(rows)
    if stage in marks:
        chosen = chosen.filter(**{marks[stage]: True})
    return chosen.select_related("organisation", "division").defer("description")


def responses_total(
    rows: QuerySet[Listing], *, period: Period, now: datetime.datetime
) -> dict[str, Any]:
    """How owners answer: how many of the letters that were due, and how fast (回应)."""
    return Negotiation.objects.filter(
        answer_was_due(now=now),
        listing__in=rows,
        opened_at__date__gte=period.starts_on,
        opened_at__date__lt=period.ends_on,
    ).aggregate(
        received=Count("pk"),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        median_minutes=Median("answered_minutes", output_field=FloatField()),
    )


def deals_total(rows: QuerySet[Listing], *, period: Period) -> dict[str, Any]:
    """The agreements signed in the period and what they cover (成交)."""
    return Deal.objects.filter(
        listing__in=rows, agreed_on__gte=period.starts_on, agreed_on__lt=period.ends_on
    ).aggregate(deals=Count("pk"), quantity=Sum("quantity"))
