"""Whom a call was told to (申领提醒)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from silian.governance.incentives.choices.claims import CallMessageKind
from silian.governance.incentives.models import CallMessage, ClaimCall


@dataclass(frozen=True, kw_only=True)
class Told:
    """How many units were told of a call and reminded (已提醒)."""

    units: int
    reminded: int
    amount: Decimal
    last_at: datetime.datetime | None


def messages_of(call: ClaimCall) -> Told:
    """What went out about a call; one query."""
    opened = Q(kind=CallMessageKind.OPENED)
    found = CallMessage.objects.filter(call=call).aggregate(
        units=Count("pk", filter=opened),
        reminded=Count("organisation", filter=~opened, distinct=True),
        amount=Sum("amount", filter=opened),
    )
    last = CallMessage.objects.filter(call=call).order_by("-sent_at").first()
    return Told(
        units=found["units"],
        reminded=found["reminded"],
        amount=found["amount"] or Decimal(0),
        last_at=last.sent_at if last else None,
    )
