"""Deals as joint projects, so that no expert judges a partner of his organisation."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Q

from silian.casework.reviews.queries.ties import Tie, register_tie
from silian.operations.exchange.models.deal import Deal


def deal_ties(*, organisation_id: int, since: datetime.date, on: datetime.date) -> Iterable[Tie]:
    """The other sides of deals that ran in the period (成交合作)."""
    either = Q(negotiation__asker_id=organisation_id) | Q(negotiation__owner_id=organisation_id)
    lasting = Q(closed_on__isnull=True) | Q(closed_on__gt=since)
    rows = Deal.objects.filter(either, lasting, agreed_on__lte=on).select_related("negotiation")
    for deal in rows.order_by("pk"):
        sides = {deal.negotiation.asker_id, deal.negotiation.owner_id} - {organisation_id}
        for other in sides:
            what = f"成交 {deal.agreement_reference}"[:120]
            yield Tie(organisation_id=other, what=what, until=deal.closed_on)


register_tie(deal_ties)
