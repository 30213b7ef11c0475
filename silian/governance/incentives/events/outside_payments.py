"""Facts about subsidies paid outside the platform."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class OutsidePaymentsEntered(Event):
    """Payments were registered, one by one or as a list, whose batch it is (已登记发放记录)."""

    division: str
    payment_id: int = 0
    batch_id: int = 0


@dataclass(frozen=True, kw_only=True)
class OutsidePaymentWithdrawn(Event):
    """A wrong payment was withdrawn (已撤销发放记录)."""

    division: str
    payment_id: int


@dataclass(frozen=True, kw_only=True)
class RepeatsFound(Event):
    """People of a claim were subsidised already (发现重复领取)."""

    claim_id: int
