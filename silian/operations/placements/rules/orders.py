"""Order classes: what is refused and how far an order is fulfilled."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from silian.operations.placements.choices.orders import (
    OrderSeat,
    OrderState,
)

ENROLLED = frozenset(OrderSeat)
TRAINED = frozenset({OrderSeat.TRAINED, OrderSeat.HIRED, OrderSeat.NOT_HIRED})
UNDECIDED = frozenset({OrderSeat.ENROLLED, OrderSeat.TRAINED})
TENTH = Decimal("0.1")
ORDER_TONES = {
    OrderState.DRAFT: "open",
    OrderState.SENT: "info",
    OrderState.RUNNING: "ok",
    OrderState.HIRING: "watch",
    OrderState.CLOSED: "unset",
    OrderState.CANCELLED: "unset",
}
SEAT_TONES = {
    OrderSeat.ENROLLED: "info",
    OrderSeat.TRAINED: "watch",
    OrderSeat.FAILED: "unset",
    OrderSeat.LEFT: "unset",
    OrderSeat.HIRED: "ok",
    OrderSeat.NOT_HIRED: "late",
}
"""The status light of each state."""


@dataclass(frozen=True, kw_only=True)
class Fulfilment:
    """Ordered → enrolled → trained → hired by the ordering enterprise (订单履约)."""

    ordered: int
    enrolled: int = 0
    trained: int = 0
    hired: int = 0

    @property
    def percent(self) -> Decimal | None:
        """Hired of ordered, in per cent with one decimal (订单履约率)."""
        return percent_of(self.hired, self.ordered)

    @property
    def hired_of_trained(self) -> Decimal | None:
        return percent_of(self.hired, self.trained)

    @property
    def shortfall(self) -> int:
        """How many the enterprise has still to hire."""
        return max(self.ordered - self.hired, 0)


def percent_of(part: int, whole: int) -> Decimal | None:
    """Share in per cent; None when there is no whole to share."""
    if whole == 0:
        return None
    return (Decimal(part) * 100 / whole).quantize(TENTH, rounding=ROUND_HALF_UP)


def fulfilment_of(*, ordered: int, seats: Iterable[str]) -> Fulfilment:
    """How far an order has come, from the states of its students; who left counts as enrolled."""
    counted = Counter(OrderSeat(seat) for seat in seats)
    return Fulfilment(
        ordered=ordered,
        enrolled=sum(counted[seat] for seat in ENROLLED),
        trained=sum(counted[seat] for seat in TRAINED),
        hired=counted[OrderSeat.HIRED],
    )


def reason_not_closable(*, undecided: int) -> str | None:
    if undecided:
        return f"还有 {undecided} 名学生没有录用结论。请先登记录用或写明未录用原因。"
    return None


def reason_not_sendable(*, starts_on: datetime.date, today: datetime.date) -> str | None:
    if starts_on < today:
        return "培养起始日已过，协议不能倒签。请改用今天或以后的日期。"
    return None


def reason_hire_impossible(
    *, hired_on: datetime.date, trained_on: datetime.date | None, today: datetime.date
) -> str | None:
    """Hiring follows training and is not announced ahead."""
    if trained_on is None:
        return "该生还没有培养结业，不能登记录用。"
    if hired_on < trained_on:
        return f"录用日早于培养结业日 {trained_on}。请核对日期。"
    if hired_on > today:
        return "录用日还没有到，请在实际入职后登记。"
    return None
