"""Facts of the appropriation and of the surcharge."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class AppropriationPublished(Event):
    """A school got its appropriation sheet (拨款核算表已送达)."""

    sheet_id: int


@dataclass(frozen=True, kw_only=True)
class SurchargeEntered(Event):
    """Sums of a county and year came, or were corrected (地方教育附加收支已填报)."""

    division: str
    year: int
