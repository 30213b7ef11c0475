"""Close a claim on which nothing is open any more."""

from __future__ import annotations

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.events import publish
from silian.governance.incentives.choices.claims import ClaimState, PaymentKind, PaymentStanding
from silian.governance.incentives.choices.recovery import (
    RECOVERIES_OPEN,
    AppealState,
    RecalculationState,
)
from silian.governance.incentives.events.claims import ClaimMoved
from silian.governance.incentives.models import Claim
from silian.governance.incentives.queries.claim_sums import sums_of
from silian.governance.incentives.workflow.claims import claim as life

OVER = (PaymentStanding.PAID, PaymentStanding.CANCELLED)


def settle_if_done(claim: Claim) -> bool:
    """Settle an approved claim of a locked row when all is paid and recovered (结清)."""
    if claim.state != ClaimState.APPROVED or is_open(claim):
        return False
    claim.state = life.target("settle", state=ClaimState(claim.state))
    claim.save(update_fields=["state"])
    record(system_actor(), "incentives.claim.settled", claim)
    publish(ClaimMoved(claim_id=claim.pk, step="settle"))
    return True


def is_open(claim: Claim) -> bool:
    """Whether anything of the money is still under way."""
    unpaid = claim.payments.exclude(standing__in=OVER).exists()
    found = claim.recalculations.filter(state=RecalculationState.FOUND).exists()
    back = claim.recoveries.filter(state__in=RECOVERIES_OPEN).exists()
    asked = claim.appeals.filter(state=AppealState.OPEN).exists()
    return unpaid or found or back or asked or waits_for_settlement(claim) or unsettled(claim)


def unsettled(claim: Claim) -> bool:
    sums = sums_of(claim)
    return not sums.is_settled or sums.outstanding != 0


def waits_for_settlement(claim: Claim) -> bool:
    """Whether an advance was paid and heads are not settled yet (待结算)."""
    kinds = set(
        claim.payments.exclude(standing=PaymentStanding.CANCELLED).values_list("kind", flat=True)
    )
    return claim.call.pays_advance and not kinds - {PaymentKind.ADVANCE} and not was_settled(claim)


def was_settled(claim: Claim) -> bool:
    """Whether the heads of an advance were settled (已按人结算)."""
    return claim.recalculations.filter(cause=SETTLEMENT).exists()


SETTLEMENT = "培养结束，按人结算"
