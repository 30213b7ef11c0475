"""Recount how an organisation answers and is rated."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.operations.exchange.models.response import ResponseRecord
from silian.operations.exchange.queries.negotiation_responses import response_counts
from silian.registers.organisations.models import Organisation


@transaction.atomic
def recount_responses(*, organisation_id: int, now: datetime.datetime) -> ResponseRecord:
    """Count one organisation's answers and ratings afresh (重算回应情况)."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation_id)
    counts = response_counts(organisation_id=organisation_id, now=now)
    row, _ = ResponseRecord.objects.update_or_create(
        organisation_id=organisation_id, defaults={**counts, "counted_at": now}
    )
    return row
