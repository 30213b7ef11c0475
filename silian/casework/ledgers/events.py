"""Facts of ledgers, for the modules above."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class LineMoved(Event):
    """Something was booked on a budget line (记账)."""

    line_id: int
    day: datetime.date


@dataclass(frozen=True, kw_only=True)
class PaymentConfirmed(Event):
    """The bank paid, or the amount was set off (支付成功)."""

    payment_id: int
    subject_type: str
    subject_id: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class PaymentFailed(Event):
    """The bank did not pay, or sent the money back (支付失败)."""

    payment_id: int
    subject_type: str
    subject_id: str
    amount: Decimal
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReceivableSettled(Event):
    """Everything that was to be recovered has come back (应收结清)."""

    receivable_id: int
    subject_type: str
    subject_id: str
