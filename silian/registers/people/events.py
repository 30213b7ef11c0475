"""What happens to people on the register, told to others."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(Event):
    consent_id: int


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Event):
    consent_id: int


@dataclass(frozen=True, kw_only=True)
class DataRequested(Event):
    request_id: int


@dataclass(frozen=True, kw_only=True)
class DataRequestClosed(Event):
    request_id: int


@dataclass(frozen=True, kw_only=True)
class PersonErased(Event):
    person_id: int
