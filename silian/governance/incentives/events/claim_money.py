"""Facts about the money of claims."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ClaimRecalculated(Event):
    """A claim was computed again and came out otherwise (重新核算)."""

    recalculation_id: int


@dataclass(frozen=True, kw_only=True)
class AppealMoved(Event):
    """A unit appealed, or was answered (申请复核进展)."""

    appeal_id: int


@dataclass(frozen=True, kw_only=True)
class ClaimAccountCorrected(Event):
    """A unit put its account right after a payment failed (收款账户已更正)."""

    claim_id: int
    account_tail: str
