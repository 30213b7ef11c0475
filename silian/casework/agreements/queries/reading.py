"""The agreements that serve rows of other modules."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from silian.casework.agreements.choices import AgreementState, VersionState
from silian.casework.agreements.models import Agreement, AgreementVersion

GONE_STATES = (AgreementState.WITHDRAWN, AgreementState.REFUSED, AgreementState.LAPSED)


def with_all(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Agreements with what lists and folds read, in a constant number of queries."""
    return rows.select_related("organiser", "division").prefetch_related(
        "parties", "versions__signatures", "life_events"
    )


def agreement_of(source: str, source_id: int) -> Agreement | None:
    """The agreement that serves a row: the newest that was not given up, else the newest."""
    return agreements_of(source, [source_id]).get(source_id)


def term_history(
    source: str, source_ids: Iterable[int], *, code: str
) -> dict[int, list[tuple[datetime.date, Any]]]:
    """What a term was agreed to be from which day on, by row, the earliest first (条款沿革)."""
    rows = (
        AgreementVersion.objects.filter(
            agreement__source=source,
            agreement__source_id__in=list(source_ids),
            state=VersionState.SIGNED,
            changes__has_key=code,
        )
        .exclude(agreement__state__in=GONE_STATES)
        .order_by("agreement_id", "effective_from", "number")
    )
    found: dict[int, list[tuple[datetime.date, Any]]] = defaultdict(list)
    for key, day, changes in rows.values_list("agreement__source_id", "effective_from", "changes"):
        found[key or 0].append((day, changes[code]))
    return found


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
