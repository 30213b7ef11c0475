"""What happens to targets, told to others."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class TargetLightChanged(Event):
    """A target crossed from one light to another (灯号已变化)."""

    change_id: int
    target_id: int
    division: str
