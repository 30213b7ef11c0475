"""Who may see and run imports."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.operations.exchange.models.listing_import import ListingImport
from silian.operations.exchange.permissions.listings import may_write_listings


def imports_visible_to(actor: Actor) -> QuerySet[ListingImport]:
    """The imports of the actor's organisation, for those who write for it."""
    if not may_write_listings(actor):
        return ListingImport.objects.none()
    return ListingImport.objects.filter(organisation=actor.organisation_id)


def may_read_import_file(actor: Actor, import_id: str) -> bool:
    return import_id.isdigit() and imports_visible_to(actor).filter(pk=int(import_id)).exists()
