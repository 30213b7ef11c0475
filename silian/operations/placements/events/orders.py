"""What happens to order classes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class OrderChanged(Event):
    """An order class went a step on (订单班变化)."""

    order_id: int
    step: str
    on: datetime.date


@dataclass(frozen=True, kw_only=True)
class OrderStudentsHired(Event):
    """The ordering enterprise hired students of the order (订单录用)."""

    order_id: int
    count: int
    on: datetime.date
