"""Whose clock has run out or soon will."""

from __future__ import annotations

import datetime

from django.utils import timezone

from silian.foundation.kernel.site_calendar import site_calendar
from silian.operations.exchange.choices import NegotiationState
from silian.operations.exchange.models.negotiation import Negotiation
from silian.operations.exchange.rules.negotiation_clocks import REMIND_DAYS, due_after


def silent_ids(*, now: datetime.datetime) -> list[int]:
    """Negotiations that the owner has not answered in time."""
    rows = Negotiation.objects.silent(now=now).order_by("answer_due_at")
    return list(rows.values_list("pk", flat=True))


def due_soon_ids(*, now: datetime.datetime) -> list[int]:
    """Unanswered negotiations with two working days left or less, not yet reminded."""
    horizon = due_after(timezone.localtime(now), days=REMIND_DAYS, calendar=site_calendar())
    rows = Negotiation.objects.filter(
        state=NegotiationState.OPEN,
        reminded_at__isnull=True,
        answer_due_at__gt=now,
        answer_due_at__lte=horizon,
    )
    return list(rows.order_by("answer_due_at").values_list("pk", flat=True))
