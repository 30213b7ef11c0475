"""Demands to collect as lists, and what waits for whom (依法收取)."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.ui.components import Entry
from silian.foundation.ui.histories import entry_of
from silian.operations.learning.choices import COLLECTING, CollectionState
from silian.operations.learning.models.collections import CollectionNotice
from silian.operations.learning.permissions.collections import collections_visible_to
from silian.operations.learning.permissions.fund import coordinates, keeps


def collections_for_list(rows: QuerySet[CollectionNotice]) -> QuerySet[CollectionNotice]:
    return rows.select_related("fund_return__organisation__division", "collector")


def collections_to_work(actor: Actor) -> QuerySet[CollectionNotice]:
    """What the actor's office was told and has not closed (待收取)."""
    if not keeps(actor):
        return CollectionNotice.objects.none()
    rows = collections_for_list(CollectionNotice.objects.filter(state__in=COLLECTING))
    return rows.filter(collector_id=actor.organisation_id).order_by("told_at", "pk")


def collections_to_retell(actor: Actor) -> QuerySet[CollectionNotice]:
    """What an office sent back, for the authority that told it (待重新移送)."""
    if not keeps(actor):
        return CollectionNotice.objects.none()
    rows = collections_for_list(collections_visible_to(actor))
    rows = rows.filter(state=CollectionState.RETURNED).order_by("told_at", "pk")
    if coordinates(actor):
        return rows
    return rows.filter(fund_return__call__authority_id=actor.organisation_id)


def past_of_collection(row: CollectionNotice) -> list[Entry]:
    return [
        entry_of(act, who=f"{act.organisation_name} {act.actor_name}".strip())
        for act in history_of(row)
    ]
