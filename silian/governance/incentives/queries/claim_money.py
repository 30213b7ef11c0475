"""The money of one claim as its page shows it: payments with gates, equation, recoveries."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from silian.casework.ledgers.permissions import funds_visible_to
from silian.foundation.kernel.actors import Actor
from silian.governance.incentives.choices.claims import ClaimState, PaymentStanding
from silian.governance.incentives.choices.recovery import RecalculationState
from silian.governance.incentives.models import (
    Claim,
    ClaimAppeal,
    ClaimPayment,
    PaymentGate,
    Recalculation,
    RecoveryCase,
)
from silian.governance.incentives.permissions.claims import (
    leads,
    payments_visible_to,
    recoveries_visible_to,
)
from silian.governance.incentives.queries.claim_openness import waits_for_settlement
from silian.governance.incentives.queries.claim_sums import ClaimSums, commitments_of, sums_of
from silian.governance.incentives.queries.payment_checks import (
    blocking,
    never_overridden,
    newest_gates,
)

NEXT = (PaymentStanding.WAITING, PaymentStanding.READY, PaymentStanding.FAILED)
MONEY_STATES = (ClaimState.APPROVED, ClaimState.SETTLED)


@dataclass(frozen=True, kw_only=True)
class GateRow:
    """A gate with what may be done about it (拨付条件)."""

    gate: PaymentGate
    blocks: bool
    never: str

    @property
    def is_overridden(self) -> bool:
        return self.gate.override_until is not None


@dataclass(frozen=True, kw_only=True)
class PaymentRow:
    """A payment with the gates of its last check (拨付)."""

    payment: ClaimPayment
    gates: Sequence[GateRow]

    @property
    def closed(self) -> list[GateRow]:
        return [row for row in self.gates if row.blocks]

    @property
    def passed(self) -> int:
        return sum(row.gate.outcome == "passed" for row in self.gates)


@dataclass(frozen=True, kw_only=True)
class Money:
    """Everything about the money of a claim that the actor may see (申领资金)."""

    claim: Claim
    sums: ClaimSums
    payments: Sequence[PaymentRow]
    recalculations: Sequence[Recalculation]
    recoveries: Sequence[RecoveryCase]
    appeals: Sequence[ClaimAppeal]
    ledger_url: str
    acts: bool
    waits_for_settlement: bool

    @property
    def shown(self) -> bool:
        return bool(self.payments) or self.claim.state in MONEY_STATES or bool(self.appeals)

    @property
    def shown_gates(self) -> PaymentRow | None:
        """The gates of the payment that comes next, else of the last one."""
        waiting = (row for row in self.payments if row.payment.standing in NEXT)
        row = next(waiting, self.payments[-1] if self.payments else None)
        return row if row and row.gates else None


def money_of(claim: Claim, actor: Actor) -> Money:
    """What the section of the claim's page shows (申领资金)."""
    on = timezone.localdate()
    payments = payments_visible_to(actor).filter(claim=claim).order_by("number")
    sees = payments.exists() or claim.organisation_id == actor.organisation_id
    approved = claim.state in MONEY_STATES
    official = leads(actor, claim.call)
    return Money(
        claim=claim,
        sums=sums_of(claim),
        payments=[row_of(row, on=on) for row in payments.select_related("fund_payment__batch")],
        recalculations=list(claim.recalculations.all()[:10]) if sees or official else [],
        recoveries=list(recoveries_visible_to(actor).filter(claim=claim)),
        appeals=list(claim.appeals.filter(recovery=None)) if sees or official else [],
        ledger_url=ledger_url(claim, actor),
        acts=official and acts_on(claim, actor),
        waits_for_settlement=approved and waits_for_settlement(claim),
    )


def acts_on(claim: Claim, actor: Actor) -> bool:
    """Whether the actor moves money of this claim: never the own one (回避)."""
    return claim.organisation_id != actor.organisation_id and claim.entered_by_id != actor.user_id


def row_of(payment: ClaimPayment, *, on: datetime.date) -> PaymentRow:
    gates = newest_gates(payment)
    closed = {gate.pk for gate in blocking(gates, on=on)}
    if payment.standing not in (PaymentStanding.WAITING, PaymentStanding.READY):
        closed = set()
    rows = [
        GateRow(gate=gate, blocks=gate.pk in closed, never=never_overridden(gate)) for gate in gates
    ]
    rows.sort(key=lambda row: (not row.blocks, row.gate.outcome == "passed", row.gate.pk))
    return PaymentRow(payment=payment, gates=rows)


def ledger_url(claim: Claim, actor: Actor) -> str:
    """The commitment in the ledger, for those who read it there."""
    source = commitments_of([str(claim.pk)]).order_by("pk").first()
    if source is None or not funds_visible_to(actor).filter(pk=claim.call.line.fund_id).exists():
        return ""
    return reverse("ledgers:commitment_detail", kwargs={"commitment_id": source.pk})


def open_recalculation(claim: Claim) -> Recalculation | None:
    return claim.recalculations.filter(state=RecalculationState.FOUND).first()
