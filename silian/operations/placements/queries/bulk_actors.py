"""For whom background work of a batch or a file acts: the person who asked for it, as of today."""

from __future__ import annotations

from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.operations.placements.models.bulk import AgreementBatch, BulkImport
from silian.registers.accounts.models import User
from silian.registers.organisations.queries import actor_for


def actor_of_batch(batch: AgreementBatch) -> Actor:
    """Whoever started the batch, with the roles held now."""
    return acting(batch.made_by, organisation_id=batch.school_id)


def actor_of_import(bulk_import: BulkImport) -> Actor:
    return acting(bulk_import.created_by, organisation_id=bulk_import.organisation_id)


def acting(user: User | None, *, organisation_id: int) -> Actor:
    if user is None:
        return Actor()
    return actor_for(user=user, on=timezone.localdate(), organisation_id=organisation_id)
