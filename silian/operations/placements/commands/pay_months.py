"""Opening the accounts of a month for everybody in post."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.db import transaction

from silian.casework.agreements.queries.reading import term_history
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.operations.placements.choices.internships import (
    HELD_STATES,
    KINDS_IN_POST,
    InternshipState,
)
from silian.operations.placements.models.internships import Internship, Interruption
from silian.operations.placements.models.pay import PayRecord
from silian.operations.placements.queries.readiness import AGREEMENT_SOURCE
from silian.operations.placements.rules.pay import due_on, next_month, pay_parts

NOT_BEGUN = frozenset({InternshipState.PLANNED, InternshipState.PREPARING})
BATCH = 500
Span = tuple[datetime.date, datetime.date]
Rate = tuple[datetime.date, Any]


@transaction.atomic
def open_month(
    *, month: datetime.date, actor: Actor, internship_ids: Collection[int] | None = None
) -> list[int]:
    """Open a month that is over for all who worked in it; a second run adds nothing (建账).

    Days of an interruption owe nothing; a change of pay counts from its day.
    """
    first, after = month.replace(day=1), next_month(month)
    rows = (
        Internship.objects.filter(
            state__in=sorted(HELD_STATES - NOT_BEGUN),
            kind__in=sorted(KINDS_IN_POST),
            started_on__lt=after,
            ends_on__gt=first,
        )
        .exclude(pay_records__month=first)
        .select_related("post")
    )
    if internship_ids is not None:
        rows = rows.filter(pk__in=internship_ids)
    wanted = list(rows)
    away = interruptions_of([row.pk for row in wanted])
    rates = term_history(AGREEMENT_SOURCE, [row.pk for row in wanted], code="pay")
    opened = (
        month_of(row, month=first, away=away.get(row.pk, []), rates=rates.get(row.pk, []))
        for row in wanted
    )
    records = [row for row in opened if row is not None]
    made = PayRecord.objects.bulk_create(records, batch_size=BATCH)
    if made:
        detail = {"month": f"{first:%Y-%m}", "count": len(made)}
        record(actor, "placements.pay_month.opened", detail=detail)
    return [row.pk for row in made]


def interruptions_of(internship_ids: Collection[int]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    rows = Interruption.objects.filter(internship_id__in=internship_ids)
    for key, starts_on, ends_on in rows.values_list("internship_id", "starts_on", "ends_on"):
        found[key].append((starts_on, ends_on or datetime.date.max))
    return found


def month_of(
    internship: Internship, *, month: datetime.date, away: list[Span], rates: list[Rate]
) -> PayRecord | None:
    """The month's row, or None when no day was worked."""
    begins = internship.started_on or internship.starts_on
    ends = internship.ended_on or internship.ends_on
    parts = pay_parts(
        month=month,
        works_on=lambda day: begins <= day < ends and not any(a <= day < b for a, b in away),
        pay_on=lambda day: agreed_pay(internship, rates=rates, on=day),
    )
    if not parts:
        return None
    return PayRecord(
        internship=internship,
        month=month,
        days=sum(part.days for part in parts),
        monthly_pay=parts[-1].monthly_pay,
        due_amount=sum((part.amount for part in parts), Decimal(0)),
        parts=[asdict(part) for part in parts] if len(parts) > 1 else [],
        due_on=due_on(month=month, pay_day=internship.post.pay_day),
        is_demo=internship.is_demo,
    )


def agreed_pay(internship: Internship, *, rates: list[Rate], on: datetime.date) -> Decimal:
    """The pay of the signed agreement on a day; without one what the internship says."""
    held = [pay for since, pay in rates if since <= on] or [pay for _, pay in rates[:1]]
    return Decimal(str(held[-1])) if held else internship.pay
