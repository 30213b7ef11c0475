"""Facts about recognitions, for benefits, registers and metrics."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class RecognitionChanged(Event):
    """A recognition was given, warned, suspended, restored or ended (认定变动)."""

    recognition_id: int
    holder_id: int
    scheme: str
    state: str


@dataclass(frozen=True, kw_only=True)
class DutyMissed(Event):
    """A duty was not done in time (义务未完成)."""

    duty_id: int
    recognition_id: int
