"""Facts of the reference module."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CatalogueLoaded(Event):
    """An edition of a catalogue was loaded (目录已载入)."""

    catalogue: str
    edition: str
    valid_from: datetime.date
