"""Reads of the catalogues."""

from __future__ import annotations

from typing import Any

from silian.foundation.reference.choices import Catalogue, DivisionKind
from silian.foundation.reference.models import (
    CatalogueVersion,
    Division,
    Industry,
    Major,
    Occupation,
)
from silian.foundation.reference.rules.comparison import Stored

MODELS: dict[str, Any] = {
    Catalogue.DIVISION: Division,
    Catalogue.INDUSTRY: Industry,
    Catalogue.OCCUPATION: Occupation,
    Catalogue.MAJOR: Major,
}


def entry_key(*, version: CatalogueVersion, code: str) -> str:
    """The key of an entry: its code, for majors with the year of the edition before it."""
    return f"{version.edition[:4]}:{code}" if version.catalogue == Catalogue.MAJOR else code


def stored_entries(*, catalogue: str, edition: str) -> dict[str, Stored]:
    """What the database holds of a catalogue, by code; of majors, the edition of that year."""
    entries = MODELS[catalogue].objects.all()
    if catalogue == Catalogue.MAJOR:
        entries = entries.filter(pk__startswith=f"{edition[:4]}:")
    return {
        entry.code: Stored(
            code=entry.code,
            name=entry.name,
            kind=getattr(entry, "kind", DivisionKind.REGULAR),
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
            aliases=tuple(entry.aliases),
        )
        for entry in entries
    }
