"""Facts of the credit register."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CaseMoved(Event):
    """A correction case came to another state (责令改正进展)."""

    case_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class RecordChanged(Event):
    """A record came into force, was repaired, revoked or ended (信用记录变动)."""

    record_id: int
    organisation_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class RemedyAsked(Event):
    """A subject objects, or asks for repair (提出异议、申请修复)."""

    remedy_id: int
