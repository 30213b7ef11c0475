"""Facts about claims, told to handlers and to the modules above."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CallOpened(Event):
    """A call to claim was issued or extended (已发布申领通知)."""

    call_id: int


@dataclass(frozen=True, kw_only=True)
class ClaimMoved(Event):
    """A claim went a step on (申领进展); ``step`` names it as the workflow does."""

    claim_id: int
    step: str


@dataclass(frozen=True, kw_only=True)
class StepOpened(Event):
    """An office or school is asked for its answer (审核环节开始)."""

    step_id: int


@dataclass(frozen=True, kw_only=True)
class ClaimPaymentMoved(Event):
    """A payment of a claim changed its standing (补贴拨付进展)."""

    claim_payment_id: int
    standing: str


@dataclass(frozen=True, kw_only=True)
class RecoveryMoved(Event):
    """A recovery went a step on (追回进展)."""

    recovery_id: int
    step: str


@dataclass(frozen=True, kw_only=True)
class HostAssessed(Event):
    """A yearly assessment of an enterprise went a step on (实习年度考核进展)."""

    assessment_id: int
    step: str
