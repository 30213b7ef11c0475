"""Facts of the yearly return of the staff training fund."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CallIssued(Event):
    """A notice went out, or reached more enterprises (通知已下发)."""

    call_id: int


@dataclass(frozen=True, kw_only=True)
class FundReturnMoved(Event):
    """A return came to another state (年度报告进展)."""

    return_id: int
    state: str
