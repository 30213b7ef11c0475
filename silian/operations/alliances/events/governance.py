"""What the governance of a school tells others."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class GovernanceChanged(Event):
    """Something in a school's record of governance changed (治理档案变动)."""

    school_id: int
