"""The agreements that serve rows of other modules."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from silian.casework.agreements.choices import AgreementState
from silian.casework.agreements.models import Agreement

GONE_STATES = (AgreementState.WITHDRAWN, AgreementState.REFUSED, AgreementState.LAPSED)


def with_all(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Agreements with what lists and folds read, in a constant number of queries."""
    return rows.select_related("organiser", "division").prefetch_related(
        "parties", "versions__signatures", "life_events"
    )


def agreement_of(source: str, source_id: int) -> Agreement | None:
    """The agreement that serves a row: the newest that was not given up, else the newest."""
    return agreements_of(source, [source_id]).get(source_id)


def agreements_of(source: str, source_ids: Iterable[int]) -> dict[int, Agreement]:
    """For each row that has one its agreement, by the row's id (关联协议)."""
    rows = with_all(Agreement.objects.filter(source=source, source_id__in=list(source_ids)))
    found: dict[int, Agreement] = {}
    for agreement in rows.order_by("pk"):
        key = agreement.source_id
        held = found.get(key) if key is not None else None
        if key is not None and (held is None or agreement.state not in GONE_STATES):
            found[key] = agreement
    return found
