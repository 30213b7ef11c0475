"""Facts about incentives, told to the modules above."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class FactsStated(Event):
    """An organisation stated or corrected facts for a year (已填报事实)."""

    organisation_id: int
    year: int
