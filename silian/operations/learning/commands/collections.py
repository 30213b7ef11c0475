"""The collecting office takes over what it was told, takes down the receipt, or sends it back."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.events import publish
from silian.operations.learning import workflow
from silian.operations.learning.choices import CollectionState
from silian.operations.learning.events import CollectionMoved
from silian.operations.learning.models.collections import CollectionNotice
from silian.operations.learning.permissions.collections import (
    collections_visible_to,
    require_closer,
    require_collector,
)


def locked_collection(collection_id: int, *, actor: Actor) -> CollectionNotice:
    rows = collections_visible_to(actor).select_related(
        "collector", "fund_return__call", "fund_return__organisation"
    )
    return rows.select_for_update(of=("self",)).get(pk=collection_id)


@transaction.atomic
def take_collection(
    *, collection_id: int, actor: Actor, now: datetime.datetime
) -> CollectionNotice:
    """The office takes the demand over (接收)."""
    row = locked_collection(collection_id, actor=actor)
    require_collector(actor, row)
    row.state = workflow.collection.target("take", state=CollectionState(row.state))
    row.taken_by_id, row.taken_at = actor.user_id, now
    row.save(update_fields=["state", "taken_by", "taken_at"])
    return told(row, "taken", actor=actor)


@transaction.atomic
def mark_collected(
    *,
    collection_id: int,
    receipt_number: str,
    received: Decimal,
    received_on: datetime.date,
    note: str,
    actor: Actor,
    now: datetime.datetime,
) -> CollectionNotice:
    """Take down what came in, by which receipt; the platform collects nothing (登记收取结果)."""
    row = locked_collection(collection_id, actor=actor)
    require_closer(actor, row)
    row.state = workflow.collection.target(
        "collect", state=CollectionState(row.state), number=receipt_number, received=received,
        amount=row.amount, on=received_on, today=timezone.localdate(now),
        told_on=timezone.localdate(row.told_at), note=note,
    )  # fmt: skip
    row.receipt_number, row.received = receipt_number.strip()[:60], received
    row.received_on, row.result, row.closed_at = received_on, note.strip()[:500], now
    row.save(
        update_fields=["state", "receipt_number", "received", "received_on", "result", "closed_at"]
    )
    return told(row, "closed", actor=actor, reason=note)


@transaction.atomic
def return_collection(
    *, collection_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> CollectionNotice:
    """Send back what the office does not collect, with the reason (退回)."""
    row = locked_collection(collection_id, actor=actor)
    require_collector(actor, row)
    row.state = workflow.collection.target(
        "return", state=CollectionState(row.state), reason=reason
    )
    row.return_reason = reason.strip()[:500]
    row.save(update_fields=["state", "return_reason"])
    return told(row, "returned", actor=actor, reason=reason)


def told(row: CollectionNotice, act: str, *, actor: Actor, reason: str = "") -> CollectionNotice:
    detail = {"amount": str(row.amount), "received": str(row.received or "")}
    record(actor, f"learning.collection.{act}", row, reason=reason, detail=detail)
    publish(CollectionMoved(collection_id=row.pk, state=str(row.state)))
    return row
