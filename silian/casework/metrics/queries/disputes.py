"""Objections: who must answer, and those beside a value."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from silian.casework.metrics.choices import DisputeState
from silian.casework.metrics.models.disputes import ValueDispute
from silian.registers.organisations.choices import Role
from silian.registers.organisations.models import Membership


def answerer_ids(dispute: ValueDispute, *, on: datetime.date) -> list[int]:
    """The coordinators of the region, nearest first, without the objecting department."""
    code = dispute.value.division_id
    for place in (code, code[:4] + "00", code[:2] + "0000"):
        rows = Membership.objects.in_force(on=on).filter(
            role=Role.COORDINATOR, jurisdiction_id=place
        )
        rows = rows.exclude(organisation_id=dispute.organisation_id)
        if found := sorted(set(rows.values_list("user_id", flat=True))):
            return found
    return []


def open_disputes_of(value_ids: Iterable[int]) -> dict[int, list[ValueDispute]]:
    """The unsettled objections to each of these values, oldest first; one query."""
    found: dict[int, list[ValueDispute]] = {}
    rows = ValueDispute.objects.filter(
        value_id__in=list(value_ids), state=DisputeState.RAISED
    ).select_related("organisation")
    for row in rows.order_by("raised_at", "pk"):
        found.setdefault(row.value_id, []).append(row)
    return found
