"""Facts about land cases, told to the modules above."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class LandCaseMoved(Event):
    """A land case was registered or went one step further (用地事项变动)."""

    case_id: int
