"""What zones and pairings tell others."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ZoneChanged(Event):
    """A zone came into the register, changed or was closed (集聚区登记变动)."""

    zone_id: int


@dataclass(frozen=True, kw_only=True)
class PairingProposed(Event):
    pairing_id: int


@dataclass(frozen=True, kw_only=True)
class PairingAnswered(Event):
    """A proposal was confirmed or returned (结对申请已答复)."""

    pairing_id: int


@dataclass(frozen=True, kw_only=True)
class PairingEnded(Event):
    pairing_id: int
