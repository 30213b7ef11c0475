"""What happens to apprenticeships and apprentices."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ApprenticeshipChanged(Event):
    """A programme went a step on (学徒培养项目变化)."""

    apprenticeship_id: int
    step: str
    on: datetime.date


@dataclass(frozen=True, kw_only=True)
class ApprenticeChanged(Event):
    """One apprentice went a step on (学徒变化)."""

    apprentice_id: int
    apprenticeship_id: int
    step: str
    on: datetime.date
